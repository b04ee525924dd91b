import Networks
import TensorCore

extension EmbeddingLayer: KerasWritable {
  /// `Embedding`.
  func written(for inputs: [Shape]) -> WrittenLayer {
    let vectors = embedding.vectors
    return WrittenLayer(
      "Embedding",
      [
        "input_dim": .integer(vectors.shape[0]), "output_dim": .integer(vectors.shape[1]),
        "mask_zero": .boolean(false),
      ],
      weights: [.init(name: "embeddings", values: vectors)])
  }
}

extension MaskingLayer: KerasWritable {
  /// `Masking`.
  func written(for inputs: [Shape]) -> WrittenLayer {
    WrittenLayer("Masking", ["mask_value": .number(Double(value))])
  }
}

extension MaskedMeanLayer: KerasWritable {
  /// `GlobalAveragePooling1D`, which looks at masks.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    try GlobalPoolingLayer(.average, keepsAxes: keepsAxes).written(for: inputs)
  }
}

extension DotLayer: KerasWritable {
  /// `Dot`.
  func written(for inputs: [Shape]) -> WrittenLayer {
    WrittenLayer("Dot", ["axes": .integers([axes.first, axes.second]), "normalize": .boolean(normalizes)])
  }
}

extension PerStepLayer: KerasComposable {
  /// `TimeDistributed` around every layer that reads one value; what merges values does so step by step anyway.
  func composed(for inputs: [Shape]) throws(Unwritable) -> WrittenComposition {
    var result = WrittenComposition()
    var last = WrittenComposition.Operand.input(0)
    var shape = Shape([1] + inputs[0].extents.dropFirst(2))
    var index = 0
    while index < layers.count {
      var inner = try WrittenComposition(of: layers[index], for: [shape])
      shape = try Self.shape(behind: layers[index], shape)
      index += 1
      while index < layers.count, let both = inner.absorbing(layers[index], over: shape) {
        inner = both
        shape = try Self.shape(behind: layers[index], shape)
        index += 1
      }
      last = try Self.add(inner, after: last, to: &result)
    }
    return result
  }

  private static func shape(behind layer: any Layer, _ shape: Shape) throws(Unwritable) -> Shape {
    do { return try layer.outputShape(for: [shape]) } catch {
      throw Unwritable(reason: "a layer inside does not fit the steps of its input")
    }
  }

  private static func add(
    _ inner: WrittenComposition, after operand: WrittenComposition.Operand,
    to result: inout WrittenComposition
  ) throws(Unwritable) -> WrittenComposition.Operand {
    let start = result.parts.count
    for part in inner.parts {
      let operands = part.operands.map { source -> WrittenComposition.Operand in
        if case .part(let place) = source { .part(start + place) } else { operand }
      }
      result.add(operands.count == 1 ? part.layer.perStep : part.layer, after: operands)
    }
    return .part(result.parts.count - 1)
  }
}

extension WrittenLayer {
  /// `TimeDistributed` around the layer.
  fileprivate var perStep: WrittenLayer {
    WrittenLayer("TimeDistributed", ["layer": nested(as: "step")], weights: weights)
  }
}
