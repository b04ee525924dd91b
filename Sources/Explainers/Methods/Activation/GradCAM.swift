import Networks
import TensorCore

/// The feature maps of one layer, weighted by the mean of the score's gradient over each of them.
///
///     weight[k] = mean over positions of d score / d A[..., k]
///     map       = resize(relu(sum over k of weight[k] * A[..., k]))
///
/// `A` is the layer's output after its activation function. A model that reshapes rows of pixels to an image before its convolutions gets
/// its map over the elements of the rows. The signed map before the rectification stays in `Attribution.layerMap`. Several layers are
/// fused as `FeatureMapOptions` says.
///
/// The variant `course` is what a course on explanation methods made of it, and with it a comparison of methods on signals and tissue: the
/// map is resized by a cubic spline, unless another interpolation is given, and divided by its maximum. Those maps were of probabilities.
///
/// - Note: One forward pass whatever the number of layers; backward only through the part of the network behind the layer. Selvaraju et
///   al., ICCV 2017. Checked against float64 autograd, and the variant against maps of the course's own code. Differs from tf-explain,
///   which masks gradients by default, and from the authors' code only in taking the mean instead of the sum, a constant factor.
public struct GradCAM: FeatureMapMethod {
  /// What is done with the map at the end.
  public enum Variant: String, Sendable, CaseIterable {
    /// Nothing: raw values.
    case paper
    /// It is divided by its maximum.
    case course
  }

  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "grad-cam", name: "Grad-CAM", family: .activation, preset: .nonNegative,
    summary: "Where the feature maps that speak for the class are active.",
    needs: "a layer with feature maps", cost: "1 forward pass and the backward pass behind the layer",
    citation: .selvaraju2017,
    parameters: FeatureMapOptions.parameters + [
      ParameterInfo(
        "variant", "Raw values, or resized by a cubic spline and divided by the maximum.",
        values: Variant.allCases.map(\.rawValue).joined(separator: ", "), standard: Variant.paper.rawValue)
    ])

  /// The layers, and how their maps come to the input's resolution.
  public var options: FeatureMapOptions
  /// What is done with the map at the end.
  public var variant: Variant

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - options: The layers, and how their maps come to the input's resolution.
  ///   - variant: What is done with the map at the end.
  public init(_ options: FeatureMapOptions = .init(), variant: Variant = .paper) {
    self.options = options
    self.variant = variant
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    let variant = try settings.choice("variant", default: Variant.paper)
    self.init(
      try FeatureMapOptions(
        settings: settings, interpolation: variant == .course ? .cubicSpline : .linear), variant: variant)
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when a layer has no feature maps, or the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let own = variant == .paper ? [] : [Attribution.Parameter("variant", variant.rawValue)]
    var attribution = try options.explain(
      input, of: model, for: target, by: Self.info, own: own, takesMeans: true
    ) {
      $0.weightedSum(by: $1.meanOverPositions().values.map(Double.init))
    }
    let largest = attribution.map.maximum
    if variant == .course, largest > 0 { attribution.map = attribution.map.map { $0 / largest } }
    return attribution
  }
}

extension Explainer where Self == GradCAM {
  /// The feature maps of layers, weighted by the mean of the score's gradient over each of them.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; without any, the last convolution's.
  ///   - interpolation: How a map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  ///   - fusion: How the maps of several layers become one.
  /// - Returns: The method.
  public static func gradCAM(
    at layers: String..., interpolation: Interpolation = .linear, isRectified: Bool = true,
    fusion: LayerFusion = .mean
  ) -> Self {
    .init(
      FeatureMapOptions(
        layers: layers, interpolation: interpolation, isRectified: isRectified, fusion: fusion))
  }
}
