import Explainers

/// How many positions have a value that is not negligible.
///
///     value = number of positions with |a| / max |a| > threshold
///
/// Most methods give every position some value, and then this is the number of positions; raise the threshold to tell their maps apart.
///
/// - Note: No pass through the model. After Nguyen and Martínez, arXiv:2007.07584, 2020, who count the features that cannot be left out without
///   changing the answer; counting values is Quantus's reading. Checked against Quantus.
public struct EffectiveComplexity: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "effective-complexity", name: "Effective complexity", family: .complexity, direction: .lower,
    range: "1 to the number of positions", summary: "How many positions have a value that is not negligible.",
    cost: "no pass through the model",
    differences: "Quantus gives 0, the best value, to a map of zeros, which has no value here.",
    citation: .nguyen2020,
    parameters: [
      ParameterInfo(
        "threshold", "The share of the largest value that a value must exceed.", values: "0 to 1, without 1",
        standard: "1e-05"), MapMagnitudes.parameterInfo,
    ])

  private let threshold: Double
  private let magnitudes: MapMagnitudes

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [.init("threshold", "\(threshold)"), magnitudes.parameter]
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    threshold = try settings.number("threshold", in: 0...1, default: 1e-5)
    guard threshold < 1 else {
      throw settings.bad("threshold", expected: "a number from 0 up to, but not including, 1")
    }
    magnitudes = try MapMagnitudes(settings: settings)
  }

  /// Judges an explanation.
  public func score(_ explanation: ScoredExplanation) -> MetricScore {
    guard let sizes = magnitudes(explanation) else { return MapMagnitudes.nothing }
    return MetricScore(Double(sizes.filter { $0 > threshold }.count))
  }
}
