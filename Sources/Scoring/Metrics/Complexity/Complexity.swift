import Explainers
import Foundation

/// Over how many positions the map's values are spread: the entropy of their shares, in nats.
///
///     value = - sum of p ln p,  p = |a| / sum of |a|,  0 ln 0 = 0
///
/// A map with a single position has 0, a constant map of `n` positions `ln n`.
///
/// - Note: No pass through the model. Bhatt, Weller and Moura, IJCAI 2020. Checked against Quantus.
public struct Complexity: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "complexity", name: "Complexity", family: .complexity, direction: .lower,
    range: "0 to the logarithm of the number of positions",
    summary: "Over how many positions the map's values are spread: the entropy of their shares, in nats.",
    cost: "no pass through the model",
    differences:
      "Quantus takes the logarithm of p + 1e-12 and gives NaN for a map of zeros, which has no value here.",
    citation: .bhatt2020, parameters: [MapMagnitudes.parameterInfo])

  private let magnitudes: MapMagnitudes

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { [magnitudes.parameter] }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    magnitudes = try MapMagnitudes(settings: settings)
  }

  /// Judges an explanation.
  public func score(_ explanation: ScoredExplanation) -> MetricScore {
    guard let sizes = magnitudes(explanation) else { return MapMagnitudes.nothing }
    let sum = sizes.reduce(0, +)
    let entropy = sizes.filter { $0 > 0 }.reduce(0) { $0 - $1 / sum * log($1 / sum) }
    return MetricScore(max(entropy, 0))
  }
}
