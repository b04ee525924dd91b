import Explainers

/// Whether the score never falls while positions are shown, the lowest of the map first.
///
///     value = 1 if f(x with the first k * step positions) rises or stays in every step, else 0
///
/// With `variant=share` the value is the share of steps in which it does. Falls below a millionth of the largest score of the curve are
/// rounding.
///
/// Where positions do not interact, as in a linear model, the order does not matter: with steps of one position the share is that of positions
/// which do not speak against the class, for every map.
///
/// - Note: `n + 1` forward passes. Arya et al., arXiv:1909.03012, 2019, after Luss et al.
public struct Monotonicity: ItemMetric {
  /// What the value is.
  package enum Variant: String, Sendable, CaseIterable {
    /// Whether the score never falls.
    case all
    /// The share of steps in which it does not fall.
    case share
  }

  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "monotonicity", name: "Monotonicity", family: .faithfulness, direction: .higher,
    range: "0 or 1; with 'variant=share' 0 to 1",
    summary: "Whether the score never falls while positions are shown, the lowest of the map first.",
    needs: "a model with a softmax or sigmoid at its end; with 'space=logit' any model",
    cost: "1 forward pass per step: one per position up to 224 positions, else 224",
    differences:
      "Quantus never shows the positions, so that its value is always true; the paper's code does not look at the first step, from nothing shown.",
    citation: .arya2019,
    parameters: [
      ParameterInfo(
        "variant", "Whether all steps must not fall, or the share of those that do not.",
        values: Variant.allCases.map(\.rawValue).joined(separator: ", "), standard: Variant.all.rawValue)
    ] + RemovalCurve.parameterInfos(fill: .zero))

  private let variant: Variant
  private let curve: RemovalCurve

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { [.init("variant", variant.rawValue)] + curve.parameters }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    variant = try settings.choice("variant", default: .all)
    curve = try RemovalCurve(settings: settings, fill: .zero)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let scores = try curve.scores(explanation, showing: true, ascending: true)
    let rounding = 1e-6 * scores.reduce(0) { max($0, abs($1)) }
    let kept = zip(scores, scores.dropFirst()).count { $1 >= $0 - rounding }
    let share = Double(kept) / Double(scores.count - 1)
    return MetricScore(variant == .all ? share.rounded(.down) : share, curve: scores)
  }
}
