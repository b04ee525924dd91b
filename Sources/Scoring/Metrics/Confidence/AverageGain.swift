import Explainers

/// How much of the missing confidence is won when only what the map marks is kept.
///
///     gain = max(O - Y, 0) / (1 - Y)
///
/// Y is the score of the explained class at the input, O the one when only the kept positions are shown; 0 where Y is 1.
///
/// Hidden positions are zero in all their channels. The class is the explained one; with `--target top` that is the predicted class of the
/// whole input, as in the papers.
///
/// - Note: One forward pass, which drop rate, increase rate and average gain share. Zhang et al., 2024 (Opti-CAM), who multiply by the map
///   (`variant=soft`).
public struct AverageGain: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "average-gain", name: "Average gain", family: .confidence, direction: .higher, range: "0 to 1",
    summary: "How much of the missing confidence is won when only the highest values of the map are kept.",
    needs: "a model with a softmax or sigmoid at its end; with 'space=logit' any model",
    cost: "1 forward pass, shared with the other metrics of confidence", citation: .zhang2024,
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
    return MetricScore(before < 1 ? max(after - before, 0) / (1 - before) : 0)
  }
}
