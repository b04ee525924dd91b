import Networks
import TensorCore

/// The feature maps of one layer, weighted by the mean of the score's gradient over each of them.
///
///     weight[k] = mean over positions of d score / d A[..., k]
///     map       = resize(relu(sum over k of weight[k] * A[..., k]))
///
/// `A` is the layer's output after its activation function. A model that reshapes rows of pixels to an image before its convolutions gets
/// its map over the elements of the rows. The signed map before the rectification stays in `Attribution.layerMap`.
///
/// - Note: One forward pass; backward only through the part of the network behind the layer. Selvaraju et al., ICCV 2017. Checked against
///   float64 autograd. Differs from tf-explain, which masks gradients by default, and from the authors' code only in taking the mean instead
///   of the sum, a constant factor.
public struct GradCAM: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "grad-cam", name: "Grad-CAM", family: .activation, preset: .nonNegative,
    summary: "Where the feature maps that speak for the class are active.",
    needs: "a layer with feature maps", cost: "1 forward pass and the backward pass behind the layer",
    citation: .selvaraju2017,
    parameters: [
      ParameterInfo(
        "layer", "The layer whose output is used.", values: "a layer's name",
        standard: "the last convolution's output"),
      ParameterInfo(
        "upsample", "How the map is brought to the input's resolution.",
        values: Interpolation.allCases.map(\.rawValue).joined(separator: ", "),
        standard: Interpolation.linear.rawValue),
      ParameterInfo(
        "relu", "Whether negative values become zero.", values: "true or false", standard: "true"),
    ])

  /// The layer whose output is used, or `nil` for the last convolution's.
  public var layer: String?
  /// How the map is brought to the input's resolution.
  public var interpolation: Interpolation
  /// Whether negative values become zero.
  public var isRectified: Bool

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - layer: The layer whose output is used, or `nil` for the last convolution's.
  ///   - interpolation: How the map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  public init(at layer: String? = nil, interpolation: Interpolation = .linear, isRectified: Bool = true) {
    self.layer = layer
    self.interpolation = interpolation
    self.isRectified = isRectified
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      at: settings.values["layer"], interpolation: try settings.choice("upsample", default: .linear),
      isRectified: try settings.flag("relu", default: true))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the layer has no feature maps, or the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let node = try model.featureMaps(of: layer, for: Self.info.id)
    let pass = try running { () throws(ModelError) in try model.backward(from: target, at: input, to: node) }
    let signed = Self.weightedSum(of: pass.value, by: pass.gradient.meanOverPositions())
    let rectified = isRectified ? signed.map { max($0, 0) } : signed
    var attribution = Attribution(
      model.overInput(rectified, of: input.shape, by: interpolation), explaining: input, pass: pass,
      in: target.space, by: Self.info,
      parameters: [
        .init("layer", model.nodes[node].name), .init("upsample", interpolation.rawValue),
        .init("relu", "\(isRectified)"),
      ])
    attribution.layer = model.nodes[node].name
    attribution.layerMap = signed
    attribution.preset = isRectified ? .nonNegative : .signed
    return attribution
  }

  /// The feature maps of one item, weighted and summed in 64 bits: `[1, spatial..., channels]` and `[1, channels]` give `[1, spatial..., 1]`.
  package static func weightedSum(of maps: Tensor, by weights: Tensor) -> Tensor {
    let channels = maps.shape.channels
    return Tensor(maps.shape.with(channels: 1)) { target in
      maps.withValues { maps in
        weights.withValues { weights in
          for position in 0..<target.count {
            var sum = 0.0
            for channel in 0..<channels {
              sum += Double(weights[channel]) * Double(maps[position * channels + channel])
            }
            target.initializeElement(at: position, to: Float(sum))
          }
        }
      }
    }
  }
}

extension Explainer where Self == GradCAM {
  /// The feature maps of one layer, weighted by the mean of the score's gradient over each of them.
  ///
  /// - Parameters:
  ///   - layer: The layer whose output is used, or `nil` for the last convolution's.
  ///   - interpolation: How the map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  /// - Returns: The method.
  public static func gradCAM(
    at layer: String? = nil, interpolation: Interpolation = .linear, isRectified: Bool = true
  ) -> Self {
    .init(at: layer, interpolation: interpolation, isRectified: isRectified)
  }
}
