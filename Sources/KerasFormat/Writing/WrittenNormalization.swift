import Networks
import TensorCore

extension NormalizationLayer: KerasWritable {
  /// Added to the variance; a power of two, so that one less epsilon and epsilon give exactly one.
  private static let epsilon: Float = 0x1p-10

  /// `BatchNormalization` with the arrays that the layer was made from; `Rescaling` where nothing is trained; for another scaling
  /// `BatchNormalization` with the scale as gamma, the offset as beta, the center as mean, and variances that change nothing.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    if batchNormalization == nil, parameterCount == 0 {
      return try .rescaling(scaling.scale, scaling.shift)
    }
    let batch =
      batchNormalization
      ?? BatchNormalization(
        gamma: scaling.scale, beta: scaling.offset, mean: scaling.center,
        variance: scaling.scale.map { _ in 1 - Self.epsilon }, epsilon: Double(Self.epsilon))
    let weights: [(String, [Float]?)] = [
      ("gamma", batch.gamma), ("beta", batch.beta), ("moving_mean", batch.mean),
      ("moving_variance", batch.variance),
    ]
    return WrittenLayer(
      "BatchNormalization",
      [
        "axis": .integer(-1), "momentum": .number(batch.momentum), "epsilon": .number(batch.epsilon),
        "center": .boolean(batch.beta != nil), "scale": .boolean(batch.gamma != nil),
      ],
      weights: weights.compactMap { name, values in
        values.map { WrittenLayer.Weight(name: name, values: Tensor([$0.count], $0)) }
      })
  }
}

extension StatisticalNormalizationLayer: KerasComposable {
  /// `LayerNormalization`, `GroupNormalization` or `UnitNormalization`; the factors and summands behind it are absorbed.
  func composed(for inputs: [Shape]) throws(Unwritable) -> WrittenComposition {
    var options: [String: JSONValue] = [
      "epsilon": .number(normalization.epsilon), "center": .boolean(false), "scale": .boolean(false),
      "axis": .integer(-1),
    ]
    switch (normalization.kind, scope) {
    case (.standard, .axes(let axes)):
      let layer = WrittenLayer("LayerNormalization", options)
      return WrittenComposition(WrittenLayer.inLine(layer, axes: axes, of: inputs[0]))
    case (.standard, .groups(let groups)):
      options["groups"] = .integer(groups)
      return WrittenComposition([WrittenLayer("GroupNormalization", options)])
    case (.norm, .axes(let axes)):
      let layer = WrittenLayer("UnitNormalization", ["axis": .integer(-1)])
      return WrittenComposition(WrittenLayer.inLine(layer, axes: axes, of: inputs[0]))
    default:
      throw Unwritable(
        reason: "Keras 2 has no layer that divides by the root of the mean square or by the deviation alone")
    }
  }
}

extension WrittenLayer {
  /// A layer that acts along the last axis, along several axes in line, and the layers that bring them there and back.
  ///
  /// Keras 3 makes the last axis of a list of several in a legacy file.
  static func inLine(_ layer: WrittenLayer, axes: [Int], of shape: Shape) -> [WrittenLayer] {
    guard axes != [shape.rank - 1] else { return [layer] }
    let order = (1..<shape.rank).filter { !axes.contains($0) } + axes.sorted()
    let length = axes.reduce(1) { $0 * shape[$1] }
    let moved = order.map { shape[$0] }
    var chain = [reshape(moved.dropLast(axes.count) + [length]), layer, reshape(moved)]
    if order != Array(1..<shape.rank) {
      let back = (1..<shape.rank).map { axis in (order.firstIndex(of: axis) ?? 0) + 1 }
      chain = [permute(order)] + chain + [permute(back)]
    }
    return chain
  }
}

extension WrittenComposition {
  /// The layers together with an operation that only they give their value to, where one of them does both.
  func absorbing(_ next: any Layer, over shape: Shape) -> WrittenComposition? {
    let place = parts.firstIndex { $0.layer.layerClass == "LayerNormalization" } ?? 0
    guard parts.count == 1 || parts[place].layer.layerClass == "LayerNormalization",
      let both = parts[place].layer.absorbing(next, over: shape, isAlone: parts.count == 1)
    else { return nil }
    var result = self
    result.parts[place].layer = both
    return result
  }
}

extension WrittenLayer {
  /// The layer together with an operation that only it gives its value to, where one layer of Keras does both.
  ///
  /// - Parameters:
  ///   - next: The operation.
  ///   - shape: The shape of the value between them.
  ///   - isAlone: Whether the layer acts on the value as it is, not on some axes in line.
  /// - Returns: The layer of both; `nil` where Keras has none.
  fileprivate func absorbing(_ next: any Layer, over shape: Shape, isAlone: Bool) -> WrittenLayer? {
    if takesActivation {
      guard let composition = try? WrittenComposition(of: next, for: [shape]), composition.parts.count == 1,
        composition.parts[0].layer.layerClass == "Activation"
      else { return nil }
      var result = self
      result.options["activation"] = composition.parts[0].layer.options["activation"]
      return result
    }
    guard weights.isEmpty, ["LayerNormalization", "GroupNormalization"].contains(layerClass) else {
      return nil
    }
    switch next {
    case let next as NormalizationLayer
    where next.batchNormalization == nil && next.parameterCount > 0 && isAlone:
      func channels(_ values: [Float]?) -> Tensor? { values.map { Tensor([$0.count], $0) } }
      return scaled(by: channels(next.trainedScale), channels(next.trainedOffset))
    case let next as ElementScalingLayer where next.parameterCount > 0 && !isAlone:
      func inLine(_ values: Tensor?) -> Tensor? { values.map { $0.reshaped(to: [$0.count]) } }
      return scaled(by: inLine(next.trainedScale), inLine(next.trainedShift))
    default: return nil
    }
  }

  private func scaled(by gamma: Tensor?, _ beta: Tensor?) -> WrittenLayer {
    var result = self
    result.options["scale"] = .boolean(gamma != nil)
    result.options["center"] = .boolean(beta != nil)
    result.weights = [("gamma", gamma), ("beta", beta)].compactMap { name, values in
      values.map { Weight(name: name, values: $0) }
    }
    return result
  }
}
