import Explainers
import Networks

/// How much the map moves at most for noise in the input, per distance of the inputs.
///
///     value = max over samples s of |a[s] - a| / |x[s] - x|,  x[s] = x + noise
///
/// `a` is the map, one value for every position, divided by its largest absolute value unless `normalise=false`. The norms are Euclidean.
///
/// - Note: One explanation per sample, shared with the other metrics of robustness where they ask for the same noise. Alvarez-Melis and Jaakkola,
///   2018, search for the maximum in a ball; samples give a lower bound. Checked against Quantus with the same numbers drawn.
public struct LocalLipschitz: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "local-lipschitz", name: "Local Lipschitz estimate", family: .robustness, direction: .lower,
    range: "0 or more", summary: "How much the map moves at most for noise in the input, per distance.",
    cost: "1 explanation per sample, 200 by default",
    differences:
      "Quantus takes the map with its channels and divides by the largest value of the whole batch; here every map has one value per position and is divided by its own largest, so that a score does not depend on other items.",
    citation: .alvarezMelisRobustness2018,
    parameters: NoisyExplanations.parameterInfos(noise: .normal, magnitude: 0.1) + [
      ParameterInfo(
        "normalise", "Whether every map is divided by its largest absolute value.", values: "true or false",
        standard: "true")
    ])

  private let noisy: NoisyExplanations
  private let normalise: Bool

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { noisy.parameters + [.init("normalise", "\(normalise)")] }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    noisy = try NoisyExplanations(settings: settings, noise: .normal, magnitude: 0.1)
    normalise = try settings.flag("normalise", default: true)
  }

  /// One explanation for every sample.
  public func moreExplanations(of model: Model) -> MoreExplanations? { noisy.moreExplanations }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError.explanation` when a changed input cannot be explained.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let ratios = try noisy.distances(explanation).map { (normalise ? $0.normalisedMap : $0.map) / $0.input }
    return ratios.max().map { MetricScore($0) } ?? NoisyExplanations.unchanged
  }
}
