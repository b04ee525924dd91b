import Explainers

/// How much confidence goes when only what the map marks is kept, as a share of the confidence.
///
///     drop = max((Y - O) / (Y + 1e-100), 0)
///
/// Y is the score of the explained class at the input, O the one when only the kept positions are shown.
///
/// Hidden positions are zero in all their channels. The class is the explained one; with `--target top` that is the predicted class of the
/// whole input, as in the papers.
///
/// - Note: One forward pass, which drop rate, increase rate and average gain share. Chattopadhay et al., 2018 (`variant=soft`); the strict rule
///   is that of the course code from which published tables of SISE come. pytorch-grad-cam's `DropInConfidence` does not divide by Y.
public struct DropRate: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "drop-rate", name: "Drop rate", family: .confidence, direction: .lower, range: "0 to 1",
    summary: "How much confidence goes when only the highest values of the map are kept.",
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
    return MetricScore(max((before - after) / (before + 1e-100), 0))
  }
}
