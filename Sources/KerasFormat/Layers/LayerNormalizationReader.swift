import Networks
import TensorCore

/// `LayerNormalization` and `RMSNormalization`: every item by its own statistics along some axes, then scaled and shifted.
enum LayerNormalizationReader: KerasLayer {
  static let classNames = ["LayerNormalization", "RMSNormalization"]

  static func order(of configuration: LayerConfiguration, rank: Int) throws(KerasFormatError) -> AxisOrder {
    try configuration.orderOfAxes("axis", rank: rank)
  }

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let input = source.inputs[0].with(batch: 1)
    let named = try configuration.axes("axis", rank: input.rank, default: [-1])
    // A single axis has been moved behind the others.
    let axes = named.count == 1 ? [input.rank - 1] : named
    guard !axes.isEmpty else { throw configuration.wrong("axis", expected: "at least one axis") }
    let isRootMeanSquare = configuration.layerClass == "RMSNormalization"
    let ignoresMean = try configuration.flag("rms_scaling", default: false) || isRootMeanSquare
    let kind: RowNormalization.Kind =
      isRootMeanSquare ? .rootMeanSquare : ignoresMean ? .deviation : .standard
    let epsilon = try configuration.epsilon(default: isRootMeanSquare ? 1e-6 : 1e-3)
    let normalization = StatisticalNormalizationLayer(
      RowNormalization(kind, epsilon: epsilon), over: .axes(axes))
    let shape = configuration.axesOfWeights(axes, rank: input.rank).map { input[$0] }
    let hasScale = try configuration.flag("scale", default: true) || ignoresMean
    let hasShift = try configuration.flag("center", default: true) && !ignoresMean
    let scale =
      hasScale ? try source.weights.tensor(isRootMeanSquare ? "scale" : "gamma", shape: shape) : nil
    let shift = hasShift ? try source.weights.tensor("beta", shape: shape) : nil
    return [normalization] + source.scaling(scale: scale, shift: shift, along: axes)
  }
}

/// `GroupNormalization`: every item by the statistics of groups of its channels, then scaled and shifted per channel.
enum GroupNormalizationReader: KerasLayer {
  static let classNames = ["GroupNormalization"]

  static func order(of configuration: LayerConfiguration, rank: Int) throws(KerasFormatError) -> AxisOrder {
    guard try configuration.axes("axis", rank: rank, default: [-1]).count == 1 else {
      throw configuration.wrong("axis", expected: "one axis")
    }
    return try configuration.orderOfAxes("axis", rank: rank)
  }

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    // Minus one stands for as many groups as channels.
    let groups =
      configuration.values["groups"]?.wholeNumber == -1
      ? source.channels : try configuration.count("groups", default: 32)
    let normalization = StatisticalNormalizationLayer(
      RowNormalization(.standard, epsilon: try configuration.epsilon(default: 1e-3)), over: .groups(groups))
    let hasScale = try configuration.flag("scale", default: true)
    let hasShift = try configuration.flag("center", default: true)
    let scale = hasScale ? try source.weights.tensor("gamma", shape: [source.channels]) : nil
    let shift = hasShift ? try source.weights.tensor("beta", shape: [source.channels]) : nil
    return [normalization] + source.scaling(scale: scale, shift: shift, along: [source.inputs[0].rank - 1])
  }
}

/// `UnitNormalization`: every item divided by its Euclidean norm along some axes.
enum UnitNormalizationReader: KerasLayer {
  static let classNames = ["UnitNormalization"]

  static func order(of configuration: LayerConfiguration, rank: Int) throws(KerasFormatError) -> AxisOrder {
    try configuration.orderOfAxes("axis", rank: rank)
  }

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let rank = source.inputs[0].rank
    let named = try source.configuration.axes("axis", rank: rank, default: [-1])
    // Keras 2 bounds the sum of squares by 1e-12, Keras 3 the norm.
    let epsilon = source.configuration.kerasVersion.major >= 3 ? 1e-12 : 1e-6
    return [
      StatisticalNormalizationLayer(
        RowNormalization(.norm, epsilon: epsilon), over: .axes(named.count == 1 ? [rank - 1] : named))
    ]
  }
}

extension LayerConfiguration {
  /// The axes in the order that the shape of the weights has, whose numbers lie in the order of the ascending axes all the same.
  ///
  /// Keras 3 sorts axes as they are given, so that those counted from the back come first.
  fileprivate func axesOfWeights(_ axes: [Int], rank: Int) -> [Int] {
    let given = (values["axis"]?.elements ?? []).compactMap(\.wholeNumber)
    guard kerasVersion.major >= 3, axes.count > 1, given.count == axes.count else { return axes }
    return given.sorted().map { $0 < 0 ? $0 + rank : $0 }
  }

  /// What keeps a divisor from zero.
  fileprivate func epsilon(default fallback: Double) throws(KerasFormatError) -> Double {
    let epsilon = try number("epsilon", default: fallback)
    guard epsilon > 0, epsilon.isFinite else { throw wrong("epsilon", expected: "a number above zero") }
    return epsilon
  }
}

extension LayerSource {
  /// The operation that scales and shifts along some axes of the input: none when there is neither scale nor shift.
  ///
  /// - Parameters:
  ///   - scale: Factors of the extents of the axes, or ones.
  ///   - shift: Summands of the same shape, or zeros.
  ///   - axes: The axes, ascending.
  ///   - isTrained: Whether they are trained numbers.
  /// - Returns: No operation or one.
  func scaling(scale: Tensor?, shift: Tensor?, along axes: [Int], isTrained: Bool = true) -> [any Layer] {
    let input = inputs[0].with(batch: 1)
    guard let some = scale ?? shift else { return [] }
    guard axes != [input.rank - 1] else {
      let factors = scale ?? Tensor(some.shape, repeating: 1)
      let summands = shift ?? Tensor(some.shape)
      return [
        NormalizationLayer(
          ChannelScaling(scale: factors.values, shift: summands.values),
          parameterCount: isTrained ? (scale?.count ?? 0) + (shift?.count ?? 0) : 0,
          trainsScale: scale != nil, trainsOffset: shift != nil)
      ]
    }
    let shape = Shape(input.extents.enumerated().map { axes.contains($0.offset) ? $0.element : 1 })
    let layer = ElementScalingLayer(
      scale: scale?.reshaped(to: shape), shift: shift?.reshaped(to: shape), over: input)
    return [isTrained ? layer : ElementScalingLayer(layer.scaling)]
  }
}
