import Networks
import TensorCore

/// The feature maps before a global average pooling, weighted by the dense layer behind it.
///
///     map = resize(sum over k of w[k] * A[..., k])
///
/// `A` is the input of the pooling and `w` the weights of the class's logit, whatever the space of the score. Layers that are linear in the
/// means, such as normalisations or several dense layers without activations, are taken together. The bias is left out: the mean of
/// the map at the layer is the logit less the biases.
///
/// - Note: One forward pass, and both ways through the layers behind the pooling. Zhou et al., CVPR 2016, who do not rectify. Checked
///   against the formula in float64. The authors' code shifts and scales the map to 0...255. Grad-CAM of the logit is this map divided by
///   the number of positions and rectified.
public struct CAM: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "cam", name: "CAM", family: .activation, preset: .signed,
    summary: "What every position of the last feature maps adds to the class's logit.",
    needs: "a global average pooling with dense layers alone behind it", cost: "1 forward pass",
    citation: .zhou2016,
    parameters: [FeatureMapOptions.upsample, FeatureMapOptions.rectification(standard: false)])

  /// How the map is brought to the input's resolution.
  public var interpolation: Interpolation
  /// Whether negative values become zero.
  public var isRectified: Bool

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - interpolation: How the map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  public init(interpolation: Interpolation = .linear, isRectified: Bool = false) {
    self.interpolation = interpolation
    self.isRectified = isRectified
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    let options = try FeatureMapOptions(settings: settings, isRectified: false)
    self.init(interpolation: options.interpolation, isRectified: options.isRectified)
  }

  /// Checks that the model ends as the method needs it.
  ///
  /// - Throws: `ExplanationError.noGlobalAverage` when it does not.
  public func check(_ model: Model) throws(ExplanationError) {
    _ = try model.globalAverageHead(for: Self.info.id)
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the model has no such end, or the target or the input do not fit it.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let head = Result { () throws(ExplanationError) in try model.globalAverageHead(for: Self.info.id) }
    let kept = (try? head.get()).map { [$0.maps, $0.means] } ?? []
    let pass = try running { () throws(ModelError) in
      try model.forward(to: target, at: input, keeping: kept)
    }
    let (maps, means) = try (head.get().maps, head.get().means)
    var logit = target.fixed(to: pass.targets[0])
    logit.space = .logit
    let weights = try running { () throws(ModelError) in
      try model.tail(behind: means, for: input)?.backward(from: logit, at: pass.values[1]).gradient
    }
    let signed = pass.values[0].weightedSum(by: weights?.values.map(Double.init) ?? [])
    let options = FeatureMapOptions(interpolation: interpolation, isRectified: isRectified)
    var attribution = options.attribution(
      of: LayerMaps(nodes: [maps], pass: pass, signed: [signed]), explaining: input, of: model,
      in: target.space, by: Self.info)
    attribution.parameters.removeAll { $0.name == "layer" }
    return attribution
  }
}

extension Explainer where Self == CAM {
  /// The feature maps before a global average pooling, weighted by the dense layer behind it.
  ///
  /// - Parameters:
  ///   - interpolation: How the map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  /// - Returns: The method.
  public static func cam(interpolation: Interpolation = .linear, isRectified: Bool = false) -> Self {
    .init(interpolation: interpolation, isRectified: isRectified)
  }
}
