import Explainers
import Networks

/// How much of the map is left when the model's layers are drawn anew: a map that stays says nothing of what was learned.
///
///     value = mean over steps k of similarity(a, a[k]),  a[k] the map of the model with the layers of step k drawn anew
///
/// Layers with trained numbers are drawn anew one after the other: cascading from the score down (`top-down`) or from the input up
/// (`bottom-up`), or each on its own (`independent`). Weights really are drawn anew, from the normal distribution with mean zero and the root mean
/// square of the layer's own weights (`Model.reinitialized`). The curve has the similarity of every step; the trivial one, of the map with
/// itself, is not counted. A randomised model's map that is constant has the similarity 0.
///
/// - Note: One explanation per layer. Adebayo et al., *Sanity Checks for Saliency Maps*, NeurIPS 2018. Checked against the formula in NumPy and SciPy.
public struct ModelParameterRandomisation: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "model-parameter-randomisation", name: "Model parameter randomisation", family: .randomisation,
    direction: .lower, range: "-1 to 1",
    summary: "How much of the map is left when the model's layers are drawn anew, on average over layers.",
    needs: "a model with trained layers", cost: "1 explanation per trained layer",
    differences:
      "Quantus permutes the first axis of every kernel of a TensorFlow model, with the same seed for every layer, and counts the map's similarity with itself, 1, in its mean; here weights are drawn anew, every layer from a stream of its own, and the mean is over randomised models alone. SSIM runs over the map's own axes, not over the flattened map.",
    citation: .adebayo2018,
    parameters: [
      RandomisationOptions.parameterInfo(standard: .topDown),
      MapSimilarity.parameterInfo(standard: .spearman),
      RandomisationOptions.form,
    ])

  private let options: RandomisationOptions

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { options.parameters }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    options = try RandomisationOptions(settings: settings, order: .topDown)
  }

  /// One explanation for every randomised model.
  public func moreExplanations(of model: Model) -> MoreExplanations? {
    MoreExplanations(options.steps(of: model).count, of: Self.info.id)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError.explanation` when a layer cannot be drawn anew, or a randomised model not be explained.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    try options.score(explanation, of: explanation.values) { (layers) throws(ScoringError) in
      try explanation.values(drawingAnew: layers)
    }
  }
}
