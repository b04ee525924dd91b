import Explainers

/// How fast confidence comes when positions are shown, the highest of the map first.
///
///     s[k]  = score with the first k * step positions of the map's order shown, the others hidden
///     value = area below s, from k = 0 to n = ceil(positions / step), as a share of n
///
/// The order is that of the map's values, the lower index first among equals. Hidden values are those of the smoothed input.
///
/// - Note: `n + 1` forward passes, in batches. Petsiuk, Das and Saenko, *RISE*, BMVC 2018, and their code; torch-cam takes 20 steps and zeros
///   for both curves.
public struct Insertion: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "insertion", name: "Insertion", family: .confidence, direction: .higher, range: "0 to 1",
    summary: "How fast confidence comes when positions are shown, the highest of the map first.",
    needs: "a model with a softmax or sigmoid at its end; with 'space=logit' any model",
    cost: "1 forward pass per step: one per position up to 224 positions, else 224", citation: .petsiuk2018,
    parameters: RemovalCurve.parameterInfos(fill: .blur))

  private let curve: RemovalCurve

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { curve.parameters }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    curve = try RemovalCurve(settings: settings, fill: .blur)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let scores = try curve.scores(explanation, showing: true)
    return MetricScore(RemovalCurve.area(scores), curve: scores)
  }
}
