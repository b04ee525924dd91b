import TensorCore

/// Every item as a row of equal positions: `[batch, channels]` becomes `[batch, count, channels]`.
public struct RepetitionLayer: Layer {
  /// How often an item is repeated.
  public let count: Int

  /// Creates a layer that repeats every item `count` times, at least once.
  public init(count: Int) {
    precondition(count > 0, "an item cannot be repeated \(count) times")
    self.count = count
  }

  /// The kind of layer.
  public var role: LayerRole { .routing }

  /// `[batch, count, channels]`.
  ///
  /// - Throws: `GeometryError` when the input has spatial axes.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard inputs[0].rank == 2 else { throw .rankMismatch(window: 0, input: inputs[0].rank - 2) }
    return [inputs[0].batch, count, inputs[0].channels]
  }

  /// The repeated input.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    let shape = inputs[0].shape
    return inputs[0].reshaped(to: [shape.batch, 1, shape.channels])
      .broadcast(to: [shape.batch, count, shape.channels])
  }

  /// The sum of the cotangents of all positions.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let sum = AxisMatrix(
      columns: count, rows: [(0..<count).map { AxisMatrix.Element(column: $0, weight: 1) }])
    return [cotangent.multiplied(by: sum, along: 1).reshaped(to: site.inputs[0].shape)]
  }
}
