import Networks
import TensorCore

/// The feature maps of one layer, weighted by the positive gradients over each of them, every position by how much of the map's influence
/// it has.
///
///     alpha[i, k] = G[i, k]^2 / (2 G[i, k]^2 + G[i, k]^3 * sum over positions of A[..., k])
///     weight[k]   = sum over positions i of alpha[i, k] * relu(G[i, k])
///     map         = resize(relu(sum over k of weight[k] * A[..., k]))
///
/// `A` is the layer's output and `G` the score's gradient there. The powers stand for the higher derivatives of `exp(score)`, which they
/// are in networks that are piecewise linear; its factor `exp(score)` cancels in `alpha` and is left out of the weight, of which it would
/// be a constant factor.
///
/// - Note: One forward pass whatever the number of layers; backward only through the part of the network behind them. Chattopadhay et al.,
///   WACV 2018. Checked against float64 autograd and pytorch-grad-cam, whose map is shifted and scaled to 0...1.
public struct GradCAMPlusPlus: FeatureMapMethod {
  /// Whose weights are taken.
  public enum Variant: String, Sendable, CaseIterable {
    /// Those of pytorch-grad-cam: `alpha` as in the formula, with 1e-6 added to its denominator.
    case pytorchGradCAM = "pytorch-grad-cam"
    /// As the formula is often read, with the third power of every position's own gradient: the second term of the denominator is
    /// `sum over positions of G[..., k]^3 * A[..., k]`. torch-cam means this, but does not divide by it.
    case sumOfProducts = "sum-of-products"
    /// Those of the authors' code: denominators of zero become one, and the `alpha` of a feature map are divided by their sum over the
    /// positions with a positive gradient.
    case official
  }

  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "grad-cam-plus-plus", name: "Grad-CAM++", family: .activation, preset: .nonNegative,
    summary: "Where feature maps with positive influence are active, small regions as much as large ones.",
    needs: "a layer with feature maps", cost: "1 forward pass and the backward pass behind the layer",
    citation: .chattopadhay2018,
    parameters: FeatureMapOptions.parameters + [
      ParameterInfo(
        "variant", "Whose weights; official: every feature map's alphas sum to one.",
        values: Variant.allCases.map(\.rawValue).joined(separator: ", "),
        standard: Variant.pytorchGradCAM.rawValue)
    ])

  /// The layers, and how their maps come to the input's resolution.
  public var options: FeatureMapOptions
  /// Whose weights are taken.
  public var variant: Variant

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - options: The layers, and how their maps come to the input's resolution.
  ///   - variant: Whose weights are taken.
  public init(_ options: FeatureMapOptions = .init(), variant: Variant = .pytorchGradCAM) {
    self.options = options
    self.variant = variant
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      try FeatureMapOptions(settings: settings),
      variant: try settings.choice("variant", default: .pytorchGradCAM))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when a layer has no feature maps, or the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let own = [Attribution.Parameter("variant", variant.rawValue)]
    return try options.explain(input, of: model, for: target, by: Self.info, own: own) {
      $0.weightedSum(by: variant.weights(of: $0, $1))
    }
  }
}

extension Explainer where Self == GradCAMPlusPlus {
  /// The feature maps of layers, weighted by the positive gradients over each of them.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; without any, the last convolution's.
  ///   - variant: Whose weights are taken.
  ///   - interpolation: How a map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  ///   - fusion: How the maps of several layers become one.
  /// - Returns: The method.
  public static func gradCAMPlusPlus(
    at layers: String..., variant: GradCAMPlusPlus.Variant = .pytorchGradCAM,
    interpolation: Interpolation = .linear, isRectified: Bool = true, fusion: LayerFusion = .mean
  ) -> Self {
    .init(
      FeatureMapOptions(
        layers: layers, interpolation: interpolation, isRectified: isRectified, fusion: fusion),
      variant: variant)
  }
}

extension GradCAMPlusPlus.Variant {
  /// One weight per feature map.
  fileprivate func weights(of maps: Tensor, _ gradients: Tensor) -> [Double] {
    let sums = maps.summedOverPositions(with: gradients) { _, map, gradient in
      self == .sumOfProducts ? map * gradient * gradient * gradient : map
    }
    let numerators = maps.summedOverPositions(with: gradients) { channel, _, gradient in
      alpha(gradient, sums[channel]) * max(gradient, 0)
    }
    guard self == .official else { return numerators }
    let norms = maps.summedOverPositions(with: gradients) { channel, _, gradient in
      gradient > 0 ? alpha(gradient, sums[channel]) : 0
    }
    return zip(numerators, norms).map { $0 / ($1 == 0 ? 1 : $1) }
  }

  /// The share of one position, for a feature map with a given sum over its positions.
  private func alpha(_ gradient: Double, _ sum: Double) -> Double {
    guard gradient != 0 else { return 0 }
    let square = gradient * gradient
    switch self {
    case .pytorchGradCAM: return square / (2 * square + sum * square * gradient + 1e-6)
    case .sumOfProducts, .official:
      let denominator = 2 * square + (self == .official ? sum * square * gradient : sum)
      return square / (denominator == 0 ? 1 : denominator)
    }
  }
}
