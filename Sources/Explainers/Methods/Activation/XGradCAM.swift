import Networks
import TensorCore

/// The feature maps of one layer, each weighted by the mean of the score's gradient over where it is active.
///
///     weight[k] = sum over positions of (d score / d A[..., k] * A[..., k]) / (sum over positions of A[..., k] + 1e-7)
///     map       = resize(relu(sum over k of weight[k] * A[..., k]))
///
/// `A` is the layer's output. With these weights a network that is linear behind the layer has a map that sums to the score less what its
/// biases contribute. The weight of a feature map whose values nearly cancel, which takes values of both signs, says little.
///
/// - Note: One forward pass whatever the number of layers; backward only through the part of the network behind them. Fu et al., BMVC 2020.
///   Checked against pytorch-grad-cam and float64 autograd; here the map is not shifted and scaled to 0...1.
public struct XGradCAM: FeatureMapMethod {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "xgrad-cam", name: "XGrad-CAM", family: .activation, preset: .nonNegative,
    summary: "Where feature maps are active, each weighted by what it contributes in all.",
    needs: "a layer with feature maps", cost: "1 forward pass and the backward pass behind the layer",
    citation: .fu2020, parameters: FeatureMapOptions.parameters)

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
      $0.weightedSum(by: Self.weights(of: $0, $1))
    }
  }

  /// What keeps the weight of a feature map that is zero everywhere finite.
  private static let epsilon = 1e-7

  private static func weights(of maps: Tensor, _ gradients: Tensor) -> [Double] {
    let contributions = maps.summedOverPositions(with: gradients) { $1 * $2 }
    let sums = maps.summedOverPositions(with: maps) { _, value, _ in value }
    return zip(contributions, sums).map { $1 + epsilon == 0 ? 0 : $0 / ($1 + epsilon) }
  }
}

extension Explainer where Self == XGradCAM {
  /// The feature maps of layers, each weighted by the mean of the score's gradient over where it is active.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; without any, the last convolution's.
  ///   - interpolation: How a map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  ///   - fusion: How the maps of several layers become one.
  /// - Returns: The method.
  public static func xGradCAM(
    at layers: String..., interpolation: Interpolation = .linear, isRectified: Bool = true,
    fusion: LayerFusion = .mean
  ) -> Self {
    .init(
      FeatureMapOptions(
        layers: layers, interpolation: interpolation, isRectified: isRectified, fusion: fusion))
  }
}
