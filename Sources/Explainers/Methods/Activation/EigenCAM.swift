import Networks
import TensorCore

/// The feature maps of one layer, projected on the direction in which they differ most from position to position.
///
///     X   = the feature vectors A[i, ...] of all positions i, less their mean
///     v   = first right singular vector of X
///     map = resize(relu(X v))
///
/// `A` is the layer's output. The map does not depend on the class. The sign of `v` is arbitrary: it is taken so that the largest
/// magnitude of the map is positive.
///
/// - Note: One forward pass whatever the number of layers. Muhammad and Yeasin, IJCNN 2020. Checked against NumPy's singular value
///   decomposition and pytorch-grad-cam, which leaves the sign as it comes and shifts and scales the map to 0...1.
public struct EigenCAM: FeatureMapMethod {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "eigen-cam", name: "Eigen-CAM", family: .activation, preset: .nonNegative,
    summary: "What stands out in the feature maps, whatever the class.",
    needs: "a layer with feature maps", cost: "1 forward pass", citation: .muhammad2020,
    parameters: FeatureMapOptions.parameters)

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
    let nodes = try options.nodes(in: model, for: Self.info.id)
    let pass = try running { () throws(ModelError) in
      try model.forward(to: target, at: input, keeping: nodes)
    }
    let maps = LayerMaps(nodes: nodes, pass: pass, signed: pass.values.map(Self.projection))
    return options.attribution(of: maps, explaining: input, of: model, in: target.space, by: Self.info)
  }

  /// The projection of one item's feature maps, `[1, spatial..., 1]`.
  private static func projection(of maps: Tensor) -> Tensor {
    let values = PrincipalComponent(of: maps).projections
    let isUpsideDown = -(values.min() ?? 0) > values.max() ?? 0
    return Tensor(maps.shape.with(channels: 1), values.map { Float(isUpsideDown ? -$0 : $0) })
  }
}

extension Explainer where Self == EigenCAM {
  /// The feature maps of layers, projected on the direction in which they differ most from position to position.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; without any, the last convolution's.
  ///   - interpolation: How a map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  ///   - fusion: How the maps of several layers become one.
  /// - Returns: The method.
  public static func eigenCAM(
    at layers: String..., interpolation: Interpolation = .linear, isRectified: Bool = true,
    fusion: LayerFusion = .mean
  ) -> Self {
    .init(
      FeatureMapOptions(
        layers: layers, interpolation: interpolation, isRectified: isRectified, fusion: fusion))
  }
}
