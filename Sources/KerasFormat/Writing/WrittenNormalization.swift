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

extension StatisticalNormalizationLayer: KerasWritable {
  /// `LayerNormalization`, `GroupNormalization` or `UnitNormalization`; the factors and summands behind it are absorbed.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    var options: [String: JSONValue] = [
      "epsilon": .number(normalization.epsilon), "center": .boolean(false), "scale": .boolean(false),
    ]
    switch (normalization.kind, scope) {
    case (.standard, .axes(let axes)):
      options["axis"] = .integers(axes)
      return WrittenLayer("LayerNormalization", options)
    case (.standard, .groups(let groups)):
      options["axis"] = .integer(-1)
      options["groups"] = .integer(groups)
      return WrittenLayer("GroupNormalization", options)
    case (.norm, .axes(let axes)): return WrittenLayer("UnitNormalization", ["axis": .integers(axes)])
    default:
      throw Unwritable(
        reason: "Keras 2 has no layer that divides by the root of the mean square or by the deviation alone")
    }
  }
}

extension WrittenLayer {
  /// The layer together with an operation that only it gives its value to, where one layer of Keras does both.
  ///
  /// - Parameters:
  ///   - next: The operation.
  ///   - shape: The shape of the value between them.
  /// - Returns: The layer of both; `nil` where Keras has none.
  func absorbing(_ next: any Layer, over shape: Shape) -> WrittenLayer? {
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
    where next.batchNormalization == nil && next.parameterCount > 0 && hasAxes([shape.rank - 1]):
      func channels(_ values: [Float]?) -> Tensor? { values.map { Tensor([$0.count], $0) } }
      return scaled(by: channels(next.trainedScale), channels(next.trainedOffset))
    case let next as ElementScalingLayer where next.parameterCount > 0:
      let axes = (1..<shape.rank).filter { options["axis"]?.elements?.contains(.integer($0)) ?? false }
      let extents = Shape(axes.map { shape[$0] })
      let arrays = [next.trainedScale, next.trainedShift]
      guard hasAxes(axes), arrays.allSatisfy({ $0 == nil || $0?.count == extents.count }) else { return nil }
      return scaled(by: arrays[0]?.reshaped(to: extents), arrays[1]?.reshaped(to: extents))
    default: return nil
    }
  }

  /// Whether these are the axes of its factors and summands.
  private func hasAxes(_ axes: [Int]) -> Bool {
    layerClass == "GroupNormalization" || options["axis"] == .integers(axes)
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
