import Explainers
import Networks
import TensorCore

/// What the tests that draw layers anew step by step have in common.
struct RandomisationOptions {
  private let order: LayerOrder
  private let similarity: MapSimilarity
  private let form: MapForm

  static func parameterInfo(standard: LayerOrder) -> ParameterInfo {
    ParameterInfo(
      "order", "Which layers are drawn anew: cascading from the score or from the input, or each on its own.",
      values: LayerOrder.allCases.map(\.rawValue).joined(separator: ", "), standard: standard.rawValue)
  }

  static let form = ParameterInfo(
    "form", "What is made of the maps' signs before they are compared.",
    values: MapForm.allCases.map(\.rawValue).joined(separator: ", "), standard: MapForm.absolute.rawValue)

  init(settings: MetricSettings, order: LayerOrder) throws(ScoringError) {
    self.order = try settings.choice("order", default: order)
    similarity = try settings.choice("similarity", default: .spearman)
    form = try settings.choice("form", default: .absolute)
  }

  var parameters: [Attribution.Parameter] {
    [
      .init("order", order.rawValue), .init("similarity", similarity.rawValue), .init("form", form.rawValue),
    ]
  }

  /// The randomised models, each as the names of the layers that are drawn anew.
  func steps(of model: Model) -> [Set<String>] { order.steps(of: model.trainedLayerNames) }

  /// The mean similarity of a map with those of randomised models, and the similarity of every step.
  ///
  /// - Parameters:
  ///   - explanation: The explanation.
  ///   - map: The map of the model itself, one value for every position.
  ///   - randomised: The map of the model with some layers drawn anew.
  /// - Returns: The score.
  /// - Throws: What `randomised` throws.
  func score(
    _ explanation: ScoredExplanation, of map: [Double],
    _ randomised: (Set<String>) throws(ScoringError) -> [Double]
  ) throws(ScoringError) -> MetricScore {
    let extents = explanation.extents.filter { $0 > 1 }
    let map = form(map)
    guard similarity(map, map, extents: extents) != nil else { return MapSimilarity.undefined }
    var curve: [Double] = []
    let steps = steps(of: explanation.model)
    for (step, layers) in steps.enumerated() {
      let other = try WorkProgress.stages(step..<(step + 1), of: steps.count) { () throws(ScoringError) in
        try randomised(layers)
      }
      curve.append(similarity(map, form(other), extents: extents) ?? 0)
    }
    guard !curve.isEmpty else { return ScoredExplanation.untrained }
    return MetricScore(curve.reduce(0, +) / Double(curve.count), curve: curve)
  }
}
