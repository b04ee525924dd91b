import Explainers

/// The share of relevance that lies in the evidence.
///
///     value = sum of the map over the evidence / sum of the map
///
/// Negative values are set to zero before: a share of a sum of both signs has no bounds.
///
/// - Note: No forward pass. Arras et al., 2022, whose pooling of channels `sum,pos` this is; `form=absolute` is their `sum,abs`.
public struct RelevanceMass: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "relevance-mass", name: "Relevance mass accuracy", family: .localisation, direction: .higher,
    range: "0 to 1", summary: "The share of positive relevance that lies in the true evidence.",
    needs: MapOverEvidence.needs, cost: "no forward pass",
    differences:
      "Quantus adds signed values, so that its results leave 0...1 (1.46 and -0.48 were seen); the positive part is what the paper measures.",
    citation: .arras2022, parameters: [ShareInEvidence.parameterInfo])

  private let share: ShareInEvidence

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { [share.parameter] }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    share = try ShareInEvidence(settings: settings)
  }

  /// Judges an explanation.
  public func score(_ explanation: ScoredExplanation) -> MetricScore { share.score(explanation) }
}
