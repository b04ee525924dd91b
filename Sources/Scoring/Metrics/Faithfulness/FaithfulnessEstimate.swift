import Explainers
import Networks

/// Whether the map says how much the score falls without each position.
///
///     value = correlation over steps of (sum of the map over the step, f(x) - f(x without the step))
///
/// A step is one position, or several that follow each other in the map's order; every step is hidden alone. The correlation is Pearson's.
///
/// - Note: One forward pass per step. Alvarez-Melis and Jaakkola, NeurIPS 2018.
public struct FaithfulnessEstimate: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "faithfulness-estimate", name: "Faithfulness estimate", family: .faithfulness, direction: .higher,
    range: "-1 to 1", summary: "Whether the map says how much the score falls without each position.",
    cost: "1 forward pass per step: one per position up to 224 positions, else 224",
    differences:
      "Positions are hidden with all their channels, where Quantus hides single values; its default for hidden values is the smallest of the item instead of zero.",
    citation: .alvarezMelis2018,
    parameters: [StepSize.parameter] + HidingOptions.parameterInfos(space: .logit))

  private let step: StepSize
  private let options: HidingOptions

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { [.init("step", step.text)] + options.parameters }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    step = try StepSize(settings: settings)
    options = try HidingOptions(settings: settings, space: .logit)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let values = options.values(explanation)
    let steps = step.steps(of: ranking(values))
    let masked = try options.hiding(explanation)
    let scores = try explaining { () throws(ExplanationError) in
      try masked.scores(steps.count) { index, mask in
        mask.initialize(repeating: 1)
        for position in steps[index] { mask[position] = 0 }
      }
    }
    let sums = steps.map { $0.reduce(0) { $0 + values[$1] } }
    guard let correlation = Correlation.pearson(sums, scores.map { masked.decision.score - $0 }) else {
      return .undefined("the map's values, or the falls of the score without positions, are all equal")
    }
    return MetricScore(correlation)
  }
}
