import Explainers

/// The share of positive attribution that lies in the evidence.
///
///     value    = sum of the map over the evidence / sum of the map
///     weighted = value * positions / |evidence|
///
/// Negative values are set to zero before. The weighted value, 1 for a map that does not prefer the evidence, makes small and large evidence
/// comparable.
///
/// - Note: No forward pass. Kohlbrenner et al., IJCNN 2020.
public struct AttributionLocalisation: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "attribution-localisation", name: "Attribution localisation", family: .localisation,
    direction: .higher, range: "0 to 1; weighted: 0 to positions / evidence",
    summary: "The share of positive attribution that lies in the true evidence, on request by its size.",
    needs: MapOverEvidence.needs, cost: "no forward pass",
    differences:
      "Quantus takes absolute values by default (form=absolute), and its weight takes the extents of the wrong axes, so that it depends on the batch.",
    citation: .kohlbrenner2020,
    parameters: [
      ParameterInfo(
        "weighted", "Whether the value is divided by the share of positions that are evidence.",
        values: "true or false", standard: "false"),
      ShareInEvidence.parameterInfo,
    ])

  private let isWeighted: Bool
  private let share: ShareInEvidence

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { [.init("weighted", "\(isWeighted)"), share.parameter] }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    isWeighted = try settings.flag("weighted", default: false)
    share = try ShareInEvidence(settings: settings)
  }

  /// Judges an explanation.
  public func score(_ explanation: ScoredExplanation) -> MetricScore {
    share.score(explanation) { isWeighted ? Double($0.count) / Double($0.evidenceCount) : 1 }
  }
}
