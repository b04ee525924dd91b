import Explainers

/// The score that is left while positions are hidden, the highest of the map first.
///
///     s[k]  = score with the first k * step positions of the map's order hidden
///     value = area below s, from k = 0 to n = ceil(positions / step), as a share of n
///
/// With `baseline=flip` values are mirrored in the range of the item, as the paper flips the pixels of digits.
///
/// - Note: `n + 1` forward passes, shared with `deletion`, which is the same measure with the defaults of RISE's authors. Bach et al., 2015.
public struct PixelFlipping: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "pixel-flipping", name: "Pixel flipping", family: .faithfulness, direction: .lower,
    range: "0 to 1; with 'space=logit' any number",
    summary: "The score that is left while positions are hidden, the highest of the map first.",
    needs: "a model with a softmax or sigmoid at its end; with 'space=logit' any model",
    cost: "1 forward pass per step: one per position up to 224 positions, else 224",
    differences:
      "Quantus leaves out the score of the whole item and does not divide by the number of steps, so that its values grow with the size of items; it hides single values, where positions are hidden here with all their channels, and its default for hidden values is the smallest of the item instead of zero.",
    citation: .bach2015, parameters: RemovalCurve.parameterInfos(fill: .zero))

  private let curve: RemovalCurve

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { curve.parameters }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    curve = try RemovalCurve(settings: settings, fill: .zero)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let scores = try curve.scores(explanation, showing: false)
    return MetricScore(RemovalCurve.area(scores), curve: scores)
  }
}
