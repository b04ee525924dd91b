import Explainers

/// The sizes of a map's values, none negative: what the metrics of complexity look at.
struct MapMagnitudes {
  /// What is made of the map's signs: absolute or positive values.
  let form: MapForm

  static let parameterInfo = ParameterInfo(
    "form", "What is made of the map's signs.", values: "absolute, positive",
    standard: MapForm.absolute.rawValue)

  init(settings: MetricSettings) throws(ScoringError) {
    form = try settings.choice("form", default: .absolute)
    guard form != .signed else { throw settings.bad("form", expected: "one of absolute, positive") }
  }

  var parameter: Attribution.Parameter { .init("form", form.rawValue) }

  /// The sizes, the largest being one; `nil` where none is above zero.
  func callAsFunction(_ explanation: ScoredExplanation) -> [Double]? {
    let sizes = form(explanation.values).normalisedByMagnitude
    return sizes.contains { $0 > 0 } ? sizes : nil
  }

  /// No value, because nothing is above zero.
  static let nothing = MetricScore.undefined("the map has no value above zero")
}
