import Explainers
import Networks

extension MapForm {
  /// What the catalogue says of the choice.
  static func parameter(standard: MapForm = .signed) -> ParameterInfo {
    ParameterInfo(
      "form", "What is made of the map's signs.", values: allCases.map(\.rawValue).joined(separator: ", "),
      standard: standard.rawValue)
  }
}

extension ScoreSpace {
  /// What the catalogue says of the choice of a space for scores.
  static func parameter(standard: ScoreSpace = .probability) -> ParameterInfo {
    ParameterInfo(
      "space", "The space of the scores.", values: "probability, logit", standard: standard.rawValue)
  }
}
