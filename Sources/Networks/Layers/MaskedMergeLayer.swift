import TensorCore

/// Sequences of one shape combined element by element, of which some have masks: what a mask leaves out takes no part.
///
/// The masks, `[batch, time, 1]`, are further inputs. A product has ones in place of what is left out, and zeros where all inputs
/// are masked and all leave a step out; a maximum or minimum is that of the others, or the first input where all leave a step out.
public struct MaskedMergeLayer: Layer {
  /// How elements are combined: the product, the maximum or the minimum.
  public let kind: MergeLayer.Kind
  /// The positions of the inputs that have a mask, in the order of the masks.
  public let masked: [Int]

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - kind: How elements are combined: by product, maximum or minimum.
  ///   - masked: The positions of the inputs that have a mask, ascending.
  public init(_ kind: MergeLayer.Kind, masked: [Int]) {
    precondition([.multiply, .maximum, .minimum].contains(kind), "\(kind) does not look at masks")
    self.kind = kind
    self.masked = masked
  }

  /// The kind of layer.
  public var role: LayerRole { .merge }

  /// The shape of the sequences.
  ///
  /// - Throws: `GeometryError` when the sequences have unequal shapes, or a mask has other steps than they.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    let sequences = inputs.dropLast(masked.count)
    guard sequences.allSatisfy({ $0 == inputs[0] }) else {
      throw .incompatibleShapes(operation: kind.result, shapes: Array(sequences))
    }
    let expected = inputs[0].with(channels: 1)
    for mask in inputs.suffix(masked.count) where mask != expected {
      throw .weightMismatch(name: "mask", expected: expected, found: mask)
    }
    return inputs[0]
  }

  /// The combination of what counts.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    let parts = Parts(inputs, of: self)
    let result = MergeLayer(kind).forward(parts.replaced)
    return parts.counts.map { result.scaledAtPositions(by: $0) } ?? result
  }

  /// The cotangents of the sequences; zeros for the masks.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let parts = Parts(site.inputs, of: self)
    let merge = MergeLayer(kind)
    let inner = merge.pullback(
      parts.counts.map { cotangent.scaledAtPositions(by: $0) } ?? cotangent,
      at: Site(inputs: parts.replaced, output: merge.forward(parts.replaced)))
    let shape = site.inputs[0].shape
    var sums = parts.replaced.map { _ in [Float](repeating: 0, count: shape.count) }
    for (place, part) in inner.enumerated() {
      for (index, value) in part.values.enumerated() {
        if let source = parts.sources[place][index / shape.channels] { sums[source][index] += value }
      }
    }
    return sums.map { Tensor(shape, $0) } + masked.map { _ in Tensor(shape.with(channels: 1)) }
  }
}

/// The sequences of a masked merge with what is left out replaced.
private struct Parts {
  /// For every sequence and position the sequence whose values stand there; `nil` for ones.
  var sources: [[Int?]]
  /// The sequences.
  var replaced: [Tensor]
  /// Ones where a product counts and zeros elsewhere, when all sequences have masks.
  var counts: Tensor?

  init(_ inputs: [Tensor], of layer: MaskedMergeLayer) {
    let sequences = Array(inputs.dropLast(layer.masked.count))
    let masks = inputs.suffix(layer.masked.count).map(\.values)
    let shape = sequences[0].shape
    let positions = shape.count / shape.channels
    func isCounted(_ sequence: Int, _ position: Int) -> Bool {
      layer.masked.firstIndex(of: sequence).map { masks[$0][position] != 0 } ?? true
    }
    sources = sequences.map { _ in Array(repeating: nil, count: positions) }
    var counted = [Float](repeating: 0, count: positions)
    for position in 0..<positions {
      let first = sequences.indices.first { isCounted($0, position) }
      counted[position] = first == nil ? 0 : 1
      for sequence in sequences.indices {
        let other = layer.kind == .multiply ? nil : first ?? 0
        sources[sequence][position] = isCounted(sequence, position) ? sequence : other
      }
    }
    let values = sequences.map(\.values)
    replaced = sources.map { source in
      Tensor(
        shape,
        (0..<shape.count).map { index in source[index / shape.channels].map { values[$0][index] } ?? 1 })
    }
    let isProduct = layer.kind == .multiply && layer.masked.count == sequences.count
    counts = isProduct ? Tensor(shape.with(channels: 1), counted) : nil
  }
}
