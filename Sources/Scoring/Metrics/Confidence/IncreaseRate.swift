import Explainers

/// Whether confidence grows when only what the map marks is kept: its mean over items is the rate.
///
///     increase = 1 when O > Y, else 0
///
/// Y is the score of the explained class at the input, O the one when only the kept positions are shown. Where Y is close to 1 the answer
/// depends on rounding, so scores are rounded to Float32, as those of published tables were; `precision=float64` compares them as they are.
///
/// Hidden positions are zero in all their channels. The class is the explained one; with `--target top` that is the predicted class of the
/// whole input, as in the papers.
///
/// - Note: One forward pass, which drop rate, increase rate and average gain share. Chattopadhay et al., 2018.
public struct IncreaseRate: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "increase-rate", name: "Increase rate", family: .confidence, direction: .higher, range: "0 to 1",
    summary: "Whether confidence grows when only the highest values of the map are kept.",
    needs: "a model with a softmax or sigmoid at its end; with 'space=logit' any model",
    cost: "1 forward pass, shared with the other metrics of confidence", citation: .chattopadhay2018,
    parameters: KeptEvidence.parameterInfos)

  private let kept: KeptEvidence

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { kept.parameters }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) { kept = try KeptEvidence(settings: settings) }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let (before, after) = try kept.scores(explanation)
    return MetricScore((before - after) / (before + 1e-100) < 0 ? 1 : 0)
  }
}
