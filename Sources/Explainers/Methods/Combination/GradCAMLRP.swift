import Networks
import TensorCore

/// A class activation map without its weak parts, times the relevance, blurred.
///
///     H = G(sigma) * (T(N(CAM)) x P(mean over channels of LRP))
///     N(v) = (v - min) / (max - min)        T(v) = v where v >= threshold, else 0        P(v) = v, or max(v, 0) where `positive`
///
/// `CAM` is in the input's resolution, `G` is a Gaussian over the spatial axes. Shapes: the map is `[1, spatial..., 1]`. A constant activation map
/// normalises to zeros.
///
/// - Note: The cost of both methods. Dhore et al., arXiv:2405.12175, 2024, who say that noise is removed from the activation map, that relevance is
///   Captum's and averaged over channels, and that the product is blurred; by how much is not said, so that the defaults of `threshold` and
///   `sigma` are ours. Checked against the formula in NumPy and SciPy on maps of pytorch-grad-cam's formula and Captum's rules.
public struct GradCAMLRP: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "grad-cam-lrp", name: "Grad-CAM x LRP", family: .combination, preset: .signed,
    summary: "The relevance of the input where the feature maps that speak for the class are active.",
    needs: "a layer with feature maps, and neither recurrent layers nor attention",
    cost: "that of Grad-CAM and of LRP", citation: .dhore2024,
    parameters: [
      ParameterInfo(
        "cam", "The method that gives the activation map.", values: "grad-cam or grad-cam-plus-plus",
        standard: "grad-cam"),
      ParameterInfo(
        "layer", "The layer whose output is used.", values: "a layer's name",
        standard: "the last convolution's output"),
      ParameterInfo(
        "upsample", "How the activation map is brought to the input's resolution.",
        values: Interpolation.allCases.map(\.rawValue).joined(separator: ", "),
        standard: Interpolation.linear.rawValue),
      ParameterInfo(
        "threshold", "Below which share of its range the activation map is set to zero.",
        values: "0 to 1 or otsu", standard: "0.2"),
      ParameterInfo(
        "sigma", "Standard deviation of the blur, in positions; 0 for none.", values: "0 to 1000",
        standard: "1"),
      ParameterInfo(
        "positive", "Whether negative relevance becomes zero.", values: "true or false", standard: "false"),
    ] + RelevancePropagation.parameterInfos(preset: .captum))

  /// Below which share of its range an activation map is set to zero.
  public enum Threshold: Sendable, Equatable {
    /// A share from 0 to 1.
    case share(Double)
    /// The one that Otsu's method finds for the map.
    case otsu
  }

  /// The identifier of the method that gives the activation map.
  public let activationMethod: String
  private let activation: any Explainer
  /// The relevance.
  public let relevance: RelevancePropagation
  /// Below which share of its range the activation map is set to zero.
  public let threshold: Threshold
  /// The standard deviation of the blur, in positions.
  public let sigma: Double
  /// Whether negative relevance becomes zero.
  public let isPositive: Bool

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - activation: The method that gives the activation map.
  ///   - relevance: The relevance.
  ///   - threshold: Below which share of its range the activation map is set to zero.
  ///   - sigma: The standard deviation of the blur, in positions; 0 for none.
  ///   - isPositive: Whether negative relevance becomes zero.
  public init(
    _ activation: some Explainer = GradCAM(), relevance: RelevancePropagation = .init(.preset(.captum)),
    threshold: Threshold = .share(0.2), sigma: Double = 1, isPositive: Bool = false
  ) {
    self.activation = activation
    activationMethod = type(of: activation).info.id
    self.relevance = relevance
    self.threshold = threshold
    self.sigma = sigma
    self.isPositive = isPositive
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError` for a value that the method does not take, or for parameters that exclude each other.
  public init(settings: MethodSettings) throws(ExplanationError) {
    let id = settings.values["cam"] ?? "grad-cam"
    guard ["grad-cam", "grad-cam-plus-plus"].contains(id) else {
      throw settings.bad("cam", expected: "grad-cam or grad-cam-plus-plus")
    }
    _ = try settings.choice("upsample", default: Interpolation.linear)
    let own = settings.values.filter { ["layer", "upsample"].contains($0.key) }
    self.init(
      try MethodCatalog.method(id, settings: MethodSettings(method: id, values: own)),
      relevance: try RelevancePropagation(settings: settings, preset: .captum),
      threshold: try settings.threshold(), sigma: try settings.number("sigma", in: 0...1000, default: 1),
      isPositive: try settings.flag("positive", default: false))
  }

  /// Checks that there are feature maps, and that every layer has a rule.
  ///
  /// - Throws: `ExplanationError` when a layer has none, or not the one that was asked for.
  public func check(_ model: Model) throws(ExplanationError) {
    try activation.check(model)
    _ = try relevance.plan(of: model, for: Self.info.id)
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the layer has no feature maps, a layer has no rule, or the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let found = try activation.attribute(input, of: model, for: target)
    let explained = target.fixed(to: found.target)
    let handedBack = try relevance.propagate(input, model, explained, for: Self.info.id)
    let active = kept(found.map.overChannels(.mean).normalized)
    let mean = handedBack.map.overChannels(.mean)
    let relevant = isPositive ? mean.map { max($0, 0) } : mean
    var attribution = Attribution(
      map: (active * relevant).blurred(sigma: sigma), input: input, output: found.output,
      target: found.target, scoreSpace: target.space, score: found.score, method: Self.info.id,
      parameters: parameters(found) + handedBack.parameters, layer: found.layer, layerMap: found.layerMap,
      preset: isPositive ? .nonNegative : .signed)
    attribution.relevanceByLayer = handedBack.byLayer
    attribution.notes = found.notes + handedBack.notes
    return attribution
  }

  /// The strong part of a map from 0 to 1.
  private func kept(_ map: Tensor) -> Tensor {
    switch threshold {
    case .share(let share): return map.map { $0 >= Float(share) ? $0 : 0 }
    case .otsu:
      let limit = Otsu.threshold(of: map.values)
      return map.map { $0 > limit ? $0 : 0 }
    }
  }

  private func parameters(_ found: Attribution) -> [Attribution.Parameter] {
    let cut =
      switch threshold {
      case .share(let share): "\(share)"
      case .otsu: "otsu"
      }
    return [.init("cam", activationMethod)]
      + found.parameters.filter { ["layer", "upsample"].contains($0.name) }
      + [.init("threshold", cut), .init("sigma", "\(sigma)"), .init("positive", "\(isPositive)")]
  }
}

extension MethodSettings {
  /// The threshold that a user asked for.
  fileprivate func threshold() throws(ExplanationError) -> GradCAMLRP.Threshold {
    guard let text = values["threshold"] else { return .share(0.2) }
    if text == "otsu" { return .otsu }
    guard let share = Double(text), (0...1).contains(share) else {
      throw bad("threshold", expected: "a number from 0 to 1, or otsu")
    }
    return .share(share)
  }
}

extension Tensor {
  /// The elements brought to the range 0 to 1; zeros when all are equal.
  fileprivate var normalized: Tensor {
    let (low, high) = (minimum, maximum)
    guard high > low else { return Tensor(shape) }
    return map { ($0 - low) / (high - low) }
  }
}

extension Explainer where Self == GradCAMLRP {
  /// A class activation map without its weak parts, times the relevance, blurred.
  ///
  /// - Parameters:
  ///   - activation: The method that gives the activation map.
  ///   - relevance: The relevance.
  ///   - threshold: Below which share of its range the activation map is set to zero.
  ///   - sigma: The standard deviation of the blur, in positions; 0 for none.
  ///   - isPositive: Whether negative relevance becomes zero.
  /// - Returns: The method.
  public static func gradCAMLRP(
    _ activation: some Explainer = GradCAM(), relevance: RelevancePropagation = .init(.preset(.captum)),
    threshold: GradCAMLRP.Threshold = .share(0.2), sigma: Double = 1, isPositive: Bool = false
  ) -> Self {
    .init(activation, relevance: relevance, threshold: threshold, sigma: sigma, isPositive: isPositive)
  }
}
