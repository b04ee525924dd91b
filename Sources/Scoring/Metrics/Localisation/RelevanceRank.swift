import Explainers

/// The share of evidence among as many highest positions of the map as there is evidence.
///
///     value = |the K highest positions and evidence| / K,   K = |evidence|
///
/// - Note: No forward pass. Arras et al., 2022. The bounding-box measure of SISE is the same with a box as evidence.
public struct RelevanceRank: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "relevance-rank", name: "Relevance rank accuracy", family: .localisation, direction: .higher,
    range: "0 to 1",
    summary: "The share of true evidence among as many highest positions as there is evidence.",
    needs: MapOverEvidence.needs, cost: "no forward pass",
    differences:
      "Quantus takes absolute values by default (form=absolute), and its order among equal values is left to chance; here the lower index comes first.",
    citation: .arras2022, parameters: [MapForm.parameter()])

  private let form: MapForm

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { [.init("form", form.rawValue)] }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    form = try settings.choice("form", default: .signed)
  }

  /// Judges an explanation.
  public func score(_ explanation: ScoredExplanation) -> MetricScore {
    MapOverEvidence.score(explanation, form: form, needsOrder: true) { map in
      MetricScore(map.share(of: map.order.prefix(map.evidenceCount)))
    }
  }
}
