import Networks
import TensorCore

/// Grad-CAM times guided backpropagation, element by element.
///
///     map = resize(grad-cam) * guided-backprop
///
/// Shows detail where the class is found. Of the input's shape, with a map for every channel.
///
/// - Note: Two forward passes, and the backward passes of both methods. Selvaraju et al., ICCV 2017. Checked against Captum, which
///   resizes by `nearest` unless told otherwise. What holds for guided backpropagation holds here: the detail
///   depends little on the class.
public struct GuidedGradCAM: FeatureMapMethod {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "guided-grad-cam", name: "Guided Grad-CAM", family: .activation, preset: .signed,
    summary: "What excites the units that speak for the class, where their feature maps are active.",
    needs: "a layer with feature maps, and ReLUs", cost: "2 forward passes and 2 backward passes",
    citation: .selvaraju2017, parameters: FeatureMapOptions.parameters)

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
    try check(model)
    var attribution = try GradCAM(options).attribute(input, of: model, for: target)
    let guided = try GuidedBackprop().attribute(input, of: model, for: target)
    let (coarse, fine) = (attribution.map.values, guided.map.values)
    let repeats = fine.count / coarse.count
    attribution.map = Tensor(input.shape, fine.indices.map { fine[$0] * coarse[$0 / repeats] })
    attribution.method = Self.info.id
    attribution.preset = Self.info.preset
    attribution.notes = guided.notes
    return attribution
  }
}

extension Explainer where Self == GuidedGradCAM {
  /// Grad-CAM times guided backpropagation, element by element.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; without any, the last convolution's.
  ///   - interpolation: How a map is brought to the input's resolution.
  ///   - isRectified: Whether negative values of Grad-CAM become zero.
  ///   - fusion: How the maps of several layers become one.
  /// - Returns: The method.
  public static func guidedGradCAM(
    at layers: String..., interpolation: Interpolation = .linear, isRectified: Bool = true,
    fusion: LayerFusion = .mean
  ) -> Self {
    .init(
      FeatureMapOptions(
        layers: layers, interpolation: interpolation, isRectified: isRectified, fusion: fusion))
  }
}
