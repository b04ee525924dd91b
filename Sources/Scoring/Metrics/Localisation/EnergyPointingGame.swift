import Explainers

/// The share of the map's energy that lies in the evidence.
///
///     value = sum of the map over the evidence / sum of the map
///
/// Negative values are set to zero before: the papers' maps have none.
///
/// - Note: No forward pass. Wang et al., Score-CAM, CVPR Workshops 2020. `relevance-mass` has the same formula; both names are in use.
public struct EnergyPointingGame: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "energy-pointing-game", name: "Energy-based pointing game", family: .localisation,
    direction: .higher, range: "0 to 1",
    summary: "The share of the map's positive part that lies in the true evidence.",
    needs: MapOverEvidence.needs, cost: "no forward pass",
    differences:
      "The code of Score-CAM brings maps to 0...1 first, which moves maps whose smallest value is not zero; the evidence is a mask of any form instead of a bounding box.",
    citation: .wang2020, parameters: [ShareInEvidence.parameterInfo])

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
