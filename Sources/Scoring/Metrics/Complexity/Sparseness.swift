import Explainers

/// How unequally the map's values are spread over positions: their Gini index.
///
///     value = sum over i of (2 i - n - 1) a[i] / (n * sum of a),  a ascending, i from 1 to n
///
/// `a` are the absolute values of the `n` positions. A constant map has 0, a map with a single position `1 - 1 / n`.
///
/// - Note: No pass through the model. Chalasani et al., ICML 2020. Checked against Quantus.
public struct Sparseness: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "sparseness", name: "Sparseness", family: .complexity, direction: .higher, range: "0 to 1",
    summary: "How unequally the map's values are spread over positions: their Gini index.",
    cost: "no pass through the model",
    differences:
      "Quantus adds 1e-7 to every value, so that a map of zeros has sparseness 0; here it has no value.",
    citation: .chalasani2020, parameters: [MapMagnitudes.parameterInfo])

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
    guard let sizes = magnitudes(explanation)?.sorted() else { return MapMagnitudes.nothing }
    let count = Double(sizes.count)
    let sum = sizes.enumerated().reduce(0) { $0 + (Double(2 * $1.offset + 1) - count) * $1.element }
    return MetricScore(sum / (count * sizes.reduce(0, +)))
  }
}
