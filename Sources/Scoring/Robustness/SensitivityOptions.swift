import Explainers

/// What maximum and average sensitivity have in common: the noise, and whether distances are shares of the map's length.
struct SensitivityOptions {
  private let noisy: NoisyExplanations
  private let isRelative: Bool

  static let differences =
    "Quantus takes the map with its channels, here one value per position; a map of zeros has no value here, where Quantus divides by zero."

  static let parameterInfos =
    NoisyExplanations.parameterInfos(noise: .uniform, magnitude: 0.2) + [
      ParameterInfo(
        "relative", "Whether the distance is divided by the length of the map.", values: "true or false",
        standard: "true")
    ]

  init(settings: MetricSettings) throws(ScoringError) {
    noisy = try NoisyExplanations(settings: settings, noise: .uniform, magnitude: 0.2)
    isRelative = try settings.flag("relative", default: true)
  }

  var parameters: [Attribution.Parameter] { noisy.parameters + [.init("relative", "\(isRelative)")] }

  /// One explanation for every sample.
  var moreExplanations: MoreExplanations { noisy.moreExplanations }

  /// The score that a summary of the distances gives.
  func score(
    _ explanation: ScoredExplanation, of summary: ([Double]) -> Double
  ) throws(ScoringError) -> MetricScore {
    let values = explanation.values
    let length = isRelative ? euclideanDistance(values, values.map { _ in 0 }) : 1
    guard length > 0 else { return .undefined("the map is zero everywhere") }
    let distances = try noisy.distances(explanation).map { $0.map / length }
    return distances.isEmpty ? NoisyExplanations.unchanged : MetricScore(summary(distances))
  }
}
