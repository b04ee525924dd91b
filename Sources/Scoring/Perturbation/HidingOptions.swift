import Explainers
import Networks

/// How positions are hidden, how the map is read and in which space the score is taken: what metrics of faithfulness have in common.
struct HidingOptions: Hashable, Sendable {
  /// What hidden values become.
  var fill: RemovalCurve.Fill
  /// What is made of the map's signs.
  var form: MapForm
  /// The space of the scores.
  var space: ScoreSpace

  static func parameterInfos(fill: RemovalCurve.Fill = .zero, space: ScoreSpace) -> [ParameterInfo] {
    [RemovalCurve.Fill.parameter(standard: fill), MapForm.parameter(), ScoreSpace.parameter(standard: space)]
  }

  init(
    settings: MetricSettings, fill: RemovalCurve.Fill = .zero, space: ScoreSpace
  ) throws(ScoringError) {
    self.fill = try settings.choice("baseline", default: fill)
    form = try settings.choice("form", default: .signed)
    self.space = try settings.choice("space", default: space)
  }

  var parameters: [Attribution.Parameter] {
    [.init("baseline", fill.rawValue), .init("form", form.rawValue), .init("space", space.rawValue)]
  }

  /// The map at every position.
  func values(_ explanation: ScoredExplanation) -> [Double] { form(explanation.values) }

  /// The model with parts of the input hidden.
  func hiding(_ explanation: ScoredExplanation) throws(ScoringError) -> MaskedModel {
    try fill.hiding(explanation, in: space)
  }

  /// The scores while more and more parts of the input are hidden.
  ///
  /// - Parameters:
  ///   - parts: The positions of every part, in the order in which parts are hidden.
  ///   - explanation: The explanation, for its model and input.
  /// - Returns: One score more than there are parts: from nothing hidden to all of them.
  /// - Throws: `ScoringError` when the model has no such score space.
  func scores(
    hidingInTurn parts: [[Int]], _ explanation: ScoredExplanation
  ) throws(ScoringError) -> [Double] {
    let masked = try hiding(explanation)
    return try explaining { () throws(ExplanationError) in
      try masked.scores(parts.count + 1) { index, mask in
        mask.initialize(repeating: 1)
        for part in parts.prefix(index) {
          for position in part { mask[position] = 0 }
        }
      }
    }
  }
}
