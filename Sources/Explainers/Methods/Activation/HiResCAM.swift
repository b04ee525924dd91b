import Networks
import TensorCore

/// The feature maps of one layer times the score's gradient at every position.
///
///     map = resize(relu(sum over k of d score / d A[..., k] * A[..., k]))
///
/// `A` is the layer's output. Where the gradient of every feature map is the same at all positions, as before a global average pooling,
/// this is Grad-CAM.
///
/// - Note: One forward pass whatever the number of layers; backward only through the part of the network behind them. Draelos and Carin,
///   arXiv:2011.08891, 2020. Checked against pytorch-grad-cam and float64 autograd; here the map is not shifted and scaled to 0...1.
public struct HiResCAM: FeatureMapMethod {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "hires-cam", name: "HiResCAM", family: .activation, preset: .nonNegative,
    summary:
      "What every position of the feature maps contributes when the network behind them is taken as linear.",
    needs: "a layer with feature maps", cost: "1 forward pass and the backward pass behind the layer",
    citation: .draelos2020, parameters: FeatureMapOptions.parameters)

  /// The layers, and how their maps come to the input's resolution.
  public var options: FeatureMapOptions

  /// Creates the method.
  ///
  /// - Parameter options: The layers, and how their maps come to the input's resolution.
  public init(_ options: FeatureMapOptions = .init()) { self.options = options }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(try FeatureMapOptions(settings: settings))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when a layer has no feature maps, or the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    try options.explain(input, of: model, for: target, by: Self.info) {
      $0.summedOverChannels(with: $1) { $0 * $1 }
    }
  }
}

extension Explainer where Self == HiResCAM {
  /// The feature maps of layers times the score's gradient at every position.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; without any, the last convolution's.
  ///   - interpolation: How a map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  ///   - fusion: How the maps of several layers become one.
  /// - Returns: The method.
  public static func hiResCAM(
    at layers: String..., interpolation: Interpolation = .linear, isRectified: Bool = true,
    fusion: LayerFusion = .mean
  ) -> Self {
    .init(
      FeatureMapOptions(
        layers: layers, interpolation: interpolation, isRectified: isRectified, fusion: fusion))
  }
}
