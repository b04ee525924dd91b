import Explainers
import Networks
import TensorCore

/// How much of the map is left when the model's layers are drawn anew, with maps averaged over noisy inputs.
///
///     value = mean over steps k of similarity(s, s[k]),  s = mean over samples of the map of x + noise
///
/// It is the model parameter randomisation test with maps whose noise, which the test otherwise mistakes for a difference, is averaged away. Noise
/// is normal, with a standard deviation of `noise` times the item's range; the last sample has none. All models see the same noise. The
/// curve has the similarity of every step.
///
/// - Note: `samples` explanations per layer and for the model itself. Hedström et al., *Sanity Checks Revisited*, 2023. Checked against the
///   formula in NumPy and SciPy.
public struct SmoothMPRT: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "smooth-mprt", name: "Smooth model parameter randomisation test", family: .randomisation,
    direction: .lower, range: "-1 to 1",
    summary:
      "How much of the map is left when the model's layers are drawn anew, with maps averaged over noisy inputs.",
    needs: "a model with trained layers", cost: "50 explanations per trained layer, and 50 more",
    differences:
      "Quantus permutes weights instead of drawing them anew, shows every model other noise, and counts the map's similarity with itself in its mean; its division by the second moment changes no correlation and is left out.",
    citation: .hedstrom2023,
    parameters: [
      ParameterInfo("samples", "The noisy inputs for every model.", values: "1 to 10000", standard: "50"),
      ParameterInfo(
        "noise", "Standard deviation of the noise, as a share of the input's range.", values: "0 to 10",
        standard: "0.1"),
      RandomisationOptions.parameterInfo(standard: .bottomUp),
      MapSimilarity.parameterInfo(standard: .spearman),
      RandomisationOptions.form,
    ])

  private let samples: Int
  private let noise: Double
  private let options: RandomisationOptions

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [.init("samples", "\(samples)"), .init("noise", "\(noise)")] + options.parameters
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    samples = try settings.count("samples", in: 1...10_000, default: 50)
    noise = try settings.number("noise", in: 0...10, default: 0.1)
    options = try RandomisationOptions(settings: settings, order: .bottomUp)
  }

  /// One explanation for every sample, by the model and by every randomised one.
  public func moreExplanations(of model: Model) -> MoreExplanations? {
    MoreExplanations(samples * (options.steps(of: model).count + 1), of: Self.info.id)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError.explanation` when a layer cannot be drawn anew, or a randomised model not be explained.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let input = explanation.shown.input
    let deviation = noise * (Double(input.maximum) - Double(input.minimum))
    func map(drawingAnew layers: Set<String>) throws(ScoringError) -> [Double] {
      try explanation.smoothValues(samples: samples, deviation: deviation, drawingAnew: layers)
    }
    let models = options.steps(of: explanation.model).count + 1
    let own = try WorkProgress.stages(0..<1, of: models) { () throws(ScoringError) in
      try map(drawingAnew: [])
    }
    return try WorkProgress.stages(1..<models, of: models) { () throws(ScoringError) in
      try options.score(explanation, of: own, map)
    }
  }
}
