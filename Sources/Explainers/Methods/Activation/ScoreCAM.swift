import Foundation
import Networks
import TensorCore

/// The feature maps of one layer, each weighted by the score of the input seen through it.
///
///     mask[k]   = normalised(resize(A[..., k])), from 0 to 1
///     weight    = softmax over k of score(input * mask[k])
///     map       = resize(relu(sum over k of weight[k] * A[..., k]))
///
/// `A` is the layer's output. No gradient is used. The paper subtracts the score of a baseline first, which the softmax takes out again.
/// The mask of a feature map that is the same everywhere is zero.
///
/// - Note: One forward pass, and one for every feature map that is not the same everywhere; these are run in batches, so that memory does
///   not grow with their number. Wang et al., CVPR Workshops 2020. Checked against the formulas in float64 and, where maps need no
///   resizing, pytorch-grad-cam, which resizes masks on a grid that keeps both ends. The authors' code takes probabilities.
public struct ScoreCAM: FeatureMapMethod {
  /// What the masks and weights are.
  public enum Variant: String, Sendable, CaseIterable {
    /// Those of the paper: maps are resized, then normalised; the softmax of the scores.
    case paper
    /// Those of the authors' code: as in the paper, but the scores themselves are the weights, maps that are the same everywhere are left
    /// out, and the sum is rectified after it is resized.
    case official
    /// Those of torch-cam: maps are normalised, then resized; the softmax of the scores.
    case torchCAM = "torch-cam"
  }

  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "score-cam", name: "Score-CAM", family: .activation, preset: .nonNegative,
    summary: "Where the feature maps are active that alone keep the score up.",
    needs: "a layer with feature maps", cost: "1 forward pass for each feature map", citation: .wang2020,
    parameters: FeatureMapOptions.parameters + [
      ParameterInfo(
        "variant", "Whose masks and weights.",
        values: Variant.allCases.map(\.rawValue).joined(separator: ", "), standard: Variant.paper.rawValue)
    ])

  /// The layers, and how maps and masks come to the input's resolution.
  public var options: FeatureMapOptions
  /// What the masks and weights are.
  public var variant: Variant

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - options: The layers, and how maps and masks come to the input's resolution.
  ///   - variant: What the masks and weights are.
  public init(_ options: FeatureMapOptions = .init(), variant: Variant = .paper) {
    self.options = options
    self.variant = variant
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      try FeatureMapOptions(settings: settings), variant: try settings.choice("variant", default: .paper))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when a layer has no feature maps, or the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let nodes = try options.nodes(in: model, for: Self.info.id)
    let pass = try running { () throws(ModelError) in
      try model.forward(to: target, at: input, keeping: nodes)
    }
    let explained = target.fixed(to: pass.targets[0])
    var maps = LayerMaps(nodes: nodes, pass: pass, signed: [], passes: 1)
    for (stage, value) in pass.values.enumerated() {
      let scored = ChannelMasks(
        maps: value, input: input, interpolation: options.interpolation,
        normalizesFirst: variant == .torchCAM)
      let scores = try WorkProgress.stages(stage..<(stage + 1), of: nodes.count) {
        () throws(ExplanationError) in
        try running { () throws(ModelError) in try scored.scores(of: explained, model) }
      }
      maps.signed.append(value.weightedSum(by: weights(scores, constant: scored.constant)))
      maps.passes = maps.passes.map { $0 + scored.passes }
    }
    return options.attribution(
      of: maps, explaining: input, of: model, in: target.space, by: Self.info,
      [.init("variant", variant.rawValue)], rectifiesLast: variant == .official)
  }

  private func weights(_ scores: [Double], constant: [Bool]) -> [Double] {
    if variant == .official { return zip(scores, constant).map { $1 ? 0 : $0 } }
    let largest = scores.max() ?? 0
    let powers = scores.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

extension Explainer where Self == ScoreCAM {
  /// The feature maps of layers, each weighted by the score of the input seen through it.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; without any, the last convolution's.
  ///   - variant: What the masks and weights are.
  ///   - interpolation: How maps and masks are brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  ///   - fusion: How the maps of several layers become one.
  /// - Returns: The method.
  public static func scoreCAM(
    at layers: String..., variant: ScoreCAM.Variant = .paper, interpolation: Interpolation = .linear,
    isRectified: Bool = true, fusion: LayerFusion = .mean
  ) -> Self {
    .init(
      FeatureMapOptions(
        layers: layers, interpolation: interpolation, isRectified: isRectified, fusion: fusion),
      variant: variant)
  }
}
