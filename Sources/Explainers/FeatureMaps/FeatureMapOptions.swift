import TensorCore

/// What the methods that weigh feature maps have in common: which layers they use, and how their maps come to the input's resolution.
///
/// The map of one layer is rectified and then resized. With several layers every map is rectified, resized and divided by its largest
/// magnitude, and these are fused.
public struct FeatureMapOptions: Sendable, Equatable {
  /// The layers whose outputs are used; when empty, the last convolution's.
  public var layers: [String]
  /// How a map is brought to the input's resolution.
  public var interpolation: Interpolation
  /// Whether negative values become zero.
  public var isRectified: Bool
  /// How the maps of several layers become one.
  public var fusion: LayerFusion

  /// Creates options.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; when empty, the last convolution's.
  ///   - interpolation: How a map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  ///   - fusion: How the maps of several layers become one.
  public init(
    layers: [String] = [], interpolation: Interpolation = .linear, isRectified: Bool = true,
    fusion: LayerFusion = .mean
  ) {
    self.layers = layers
    self.interpolation = interpolation
    self.isRectified = isRectified
    self.fusion = fusion
  }

  /// What the catalogue says of these options.
  static let parameters = [
    ParameterInfo(
      "layer", "The layer whose output is used, or several.", values: "a layer's name, or names with commas",
      standard: "the last convolution's output"),
    upsample,
    rectification(standard: true),
    ParameterInfo(
      "fusion", "How the maps of several layers become one.",
      values: LayerFusion.allCases.map(\.rawValue).joined(separator: ", "),
      standard: LayerFusion.mean.rawValue),
  ]

  /// What the catalogue says of the interpolation.
  static let upsample = ParameterInfo(
    "upsample", "How the map is brought to the input's resolution.",
    values: Interpolation.allCases.map(\.rawValue).joined(separator: ", "),
    standard: Interpolation.linear.rawValue)

  /// What the catalogue says of the rectification.
  static func rectification(standard: Bool) -> ParameterInfo {
    ParameterInfo(
      "relu", "Whether negative values become zero.", values: "true or false", standard: "\(standard)")
  }

  /// The options that a user gave.
  ///
  /// - Parameters:
  ///   - settings: What the user gave.
  ///   - interpolation: How a map is resized when the user does not say.
  ///   - isRectified: Whether negative values become zero when the user does not say.
  /// - Throws: `ExplanationError.badParameter` for a value that is not one of an option.
  init(
    settings: MethodSettings, interpolation: Interpolation = .linear, isRectified: Bool = true
  ) throws(ExplanationError) {
    self.init(
      layers: settings.values["layer"]?.split(separator: ",", omittingEmptySubsequences: false)
        .map(String.init) ?? [],
      interpolation: try settings.choice("upsample", default: interpolation),
      isRectified: try settings.flag("relu", default: isRectified),
      fusion: try settings.choice("fusion", default: .mean))
  }
}
