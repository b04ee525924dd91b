import Networks
import TensorCore

/// The feature maps of one layer times the positive part of the score's gradient at every position.
///
///     map = resize(relu(sum over k of relu(d score / d A[..., k]) * A[..., k]))
///
/// `A` is the layer's output. Made for early layers, whose maps show detail, and for several layers at once: with a `gamma` above zero
/// the map of each of several layers is made `tanh(gamma * map / max)` before they are fused, which lifts the faint maps of early layers.
///
/// - Note: One forward pass whatever the number of layers; backward only through the part of the network behind them. Jiang et al., IEEE
///   TIP 2021, who take `gamma` 2 and the maximum over layers. Checked against pytorch-grad-cam and float64 autograd; here the map is not
///   shifted and scaled to 0...1.
public struct LayerCAM: FeatureMapMethod {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "layer-cam", name: "Layer-CAM", family: .activation, preset: .nonNegative,
    summary: "Where the score rises with the feature maps and they are active, in any layer.",
    needs: "a layer with feature maps", cost: "1 forward pass and the backward pass behind the layer",
    citation: .jiang2021,
    parameters: FeatureMapOptions.parameters + [
      ParameterInfo(
        "gamma",
        "With several layers, how much their maps are lifted by a hyperbolic tangent; 0: not at all.",
        values: "0 to 100", standard: "0")
    ])

  /// The layers, and how their maps come to the input's resolution.
  public var options: FeatureMapOptions
  /// With several layers, how much their maps are lifted by a hyperbolic tangent; zero for not at all.
  public var gamma: Double

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - options: The layers, and how their maps come to the input's resolution.
  ///   - gamma: With several layers, how much their maps are lifted by a hyperbolic tangent; zero for not at all.
  public init(_ options: FeatureMapOptions = .init(), gamma: Double = 0) {
    precondition(gamma >= 0, "a map cannot be lifted by \(gamma)")
    self.options = options
    self.gamma = gamma
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      try FeatureMapOptions(settings: settings), gamma: try settings.number("gamma", in: 0...100, default: 0))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when a layer has no feature maps, or the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let own = options.layers.count > 1 ? [Attribution.Parameter("gamma", "\(gamma)")] : []
    return try options.explain(input, of: model, for: target, by: Self.info, own: own, gamma: gamma) {
      $0.summedOverChannels(with: $1) { $0 * max($1, 0) }
    }
  }
}

extension Explainer where Self == LayerCAM {
  /// The feature maps of layers times the positive part of the score's gradient at every position.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; without any, the last convolution's.
  ///   - interpolation: How a map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  ///   - fusion: How the maps of several layers become one.
  ///   - gamma: With several layers, how much their maps are lifted by a hyperbolic tangent; zero for not at all.
  /// - Returns: The method.
  public static func layerCAM(
    at layers: String..., interpolation: Interpolation = .linear, isRectified: Bool = true,
    fusion: LayerFusion = .mean, gamma: Double = 0
  ) -> Self {
    .init(
      FeatureMapOptions(
        layers: layers, interpolation: interpolation, isRectified: isRectified, fusion: fusion), gamma: gamma)
  }
}
