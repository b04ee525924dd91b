import Explainers

/// The share of a map that lies in the evidence: what the energy-based pointing game, relevance mass and attribution localisation have in common.
///
///     share = sum of the map over the evidence / sum of the map
///
/// Only with values of one sign is that a share: signed maps are known to give 1.46 or -0.48.
struct ShareInEvidence: Sendable {
  /// What becomes of the map's signs: the positive part or absolute values.
  let form: MapForm

  static let parameterInfo = ParameterInfo(
    "form", "What is made of the map's signs: with both signs there are no shares.",
    values: "positive, absolute", standard: MapForm.positive.rawValue)

  init(settings: MetricSettings) throws(ScoringError) {
    form = try settings.choice("form", default: .positive)
    guard form != .signed else { throw settings.bad("form", expected: "one of positive, absolute") }
  }

  var parameter: Attribution.Parameter { .init("form", form.rawValue) }

  /// The share.
  ///
  /// - Parameters:
  ///   - explanation: The explanation with its evidence.
  ///   - weight: What the share is multiplied by.
  /// - Returns: The score, or why there is none.
  func score(
    _ explanation: ScoredExplanation, weight: (MapOverEvidence) -> Double = { _ in 1 }
  ) -> MetricScore {
    MapOverEvidence.score(explanation, form: form) { map in
      let total = map.values.reduce(0, +)
      guard total > 0 else {
        return .undefined(form == .positive ? "the map has no positive value" : "the map is zero everywhere")
      }
      let inside = zip(map.values, map.isEvidence).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
      return MetricScore(inside / total * weight(map))
    }
  }
}
