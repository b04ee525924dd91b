import Networks
import TensorCore

/// `Normalization`: a mean taken off and a deviation divided by, which the layer was given or found in data.
///
///     y = (x - mean) / max(sqrt(variance), 1e-7),   inverted   y = x * max(sqrt(variance), 1e-7) + mean
enum FeatureNormalizationReader: KerasLayer {
  static let classNames = ["Normalization"]

  static func order(of configuration: LayerConfiguration, rank: Int) throws(KerasFormatError) -> AxisOrder {
    try configuration.axes("axis", rank: rank, default: [-1]).isEmpty
      ? .any : configuration.orderOfAxes("axis", rank: rank)
  }

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let input = source.inputs[0]
    let named = try configuration.axes("axis", rank: input.rank, default: [-1])
    // A single axis has been moved behind the others.
    let axes = named.count == 1 ? [input.rank - 1] : named
    let shape = axes.map { input[$0] }
    let mean = try statistic("mean", source, shape)
    let variance = try statistic("variance", source, shape)
    guard variance.minimum >= 0 else {
      throw configuration.unsupported(
        "variances", "of which one is below zero", hint: "adapt the layer again and save the model")
    }
    let deviations = variance.values.map { max(Double($0).squareRoot(), 1e-7) }
    let isInverted = try configuration.flag("invert", default: false)
    let scale = isInverted ? deviations : deviations.map { 1 / $0 }
    let shift =
      isInverted ? mean.values : zip(mean.values, deviations).map { Float(-Double($0) / $1) }
    return source.scaling(
      scale: Tensor(mean.shape, scale.map { Float($0) }), shift: Tensor(mean.shape, shift),
      along: axes, isTrained: false)
  }

  /// A statistic of the extents of the axes: from the configuration, aligned to the last axes, or from the weights.
  private static func statistic(
    _ key: String, _ source: LayerSource, _ shape: [Int]
  ) throws(KerasFormatError) -> Tensor {
    guard let value = source.configuration.values[key] else {
      return try source.weights.tensor(key, shape: shape)
    }
    guard let given = value.numbers, given.shape.rank <= shape.count else {
      throw source.configuration.wrong(key, expected: "numbers for the shape \(shape)")
    }
    let aligned = Array(repeating: 1, count: shape.count - given.shape.rank) + given.shape.extents
    for (extent, wanted) in zip(aligned, shape) where extent != 1 && extent != wanted {
      throw source.configuration.wrong(key, expected: "numbers for the shape \(shape)")
    }
    return given.reshaped(to: Shape(aligned)).broadcast(to: Shape(shape))
  }
}

/// `Rescaling`: a factor and a summand, the same everywhere or one per channel.
enum RescalingReader: KerasLayer {
  static let classNames = ["Rescaling"]

  static func order(of configuration: LayerConfiguration, rank: Int) -> AxisOrder {
    let isSingle = ["scale", "offset"].allSatisfy { configuration.values[$0]?.numbers?.count ?? 1 == 1 }
    return isSingle ? .any : .file
  }

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let channels = source.channels
    let scale = try numbers("scale", of: source.configuration, channels, default: nil)
    let offset = try numbers("offset", of: source.configuration, channels, default: 0)
    return [NormalizationLayer(ChannelScaling(scale: scale, shift: offset), parameterCount: 0)]
  }

  private static func numbers(
    _ key: String, of configuration: LayerConfiguration, _ channels: Int, default fallback: Float?
  ) throws(KerasFormatError) -> [Float] {
    let given =
      configuration.values[key] == nil ? fallback.map { [$0] } : configuration.values[key]?.numbers?.values
    guard let given, given.count == 1 || given.count == channels else {
      throw configuration.wrong(key, expected: "one number, or one for each of the \(channels) channels,")
    }
    return given.count == 1 ? Array(repeating: given[0], count: channels) : given
  }
}

extension JSONValue {
  /// The finite numbers of nested lists of equal lengths, or of a NumPy array that Keras wrote, with their shape.
  var numbers: Tensor? {
    if let inner = self["config"]?["value"], self["class_name"]?.text == "__numpy__" { return inner.numbers }
    if let number = realNumber { return Float(number).isFinite ? Tensor([], [Float(number)]) : nil }
    guard let parts = elements?.map(\.numbers), let first = parts.first ?? nil else { return nil }
    guard parts.allSatisfy({ $0?.shape == first.shape }) else { return nil }
    return Tensor(Shape([parts.count] + first.shape.extents), parts.flatMap { $0?.values ?? [] })
  }
}
