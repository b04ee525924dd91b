import Explainers
import Networks

/// How far the map moves on average for noise in the input, as a share of its own length.
///
///     value = mean over samples s of |a[s] - a| / |a|,  a[s] the map of x + noise
///
/// `a` is the map, one value for every position; the norms are Euclidean. With `relative=false` the distance is not divided.
///
/// - Note: One explanation per sample, shared with the other metrics of robustness where they ask for the same noise. Bhatt, Weller and Moura, IJCAI 2020. Checked against Quantus
///   with the same numbers drawn.
public struct AvgSensitivity: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "avg-sensitivity", name: "Average sensitivity", family: .robustness, direction: .lower,
    range: "0 or more",
    summary: "How far the map moves on average for noise in the input, as a share of its length.",
    cost: "1 explanation per sample, 200 by default, shared by both sensitivities",
    differences: SensitivityOptions.differences, citation: .bhatt2020,
    parameters: SensitivityOptions.parameterInfos)

  private let options: SensitivityOptions

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { options.parameters }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    options = try SensitivityOptions(settings: settings)
  }

  /// One explanation for every sample.
  public func moreExplanations(of model: Model) -> MoreExplanations? { options.moreExplanations }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError.explanation` when a changed input cannot be explained.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    try options.score(explanation) { $0.reduce(0, +) / Double($0.count) }
  }
}
