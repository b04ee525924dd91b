import TensorCore

/// Several inputs one behind the other along an axis.
public struct ConcatenationLayer: Layer {
  /// The axis, counted from the front with the batch axis as 0; at least 1.
  public let axis: Int

  /// Creates a concatenation.
  ///
  /// - Parameter axis: The axis along which the inputs follow each other; the batch axis is 0.
  public init(axis: Int) {
    precondition(axis >= 1, "the items of a batch are not concatenated")
    self.axis = axis
  }

  /// The kind of layer.
  public var role: LayerRole { .merge }

  /// The shape of the inputs with the sum of their extents along the axis.
  ///
  /// - Throws: `GeometryError` when the inputs differ along another axis or do not have this one.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard let first = inputs.first, axis < first.rank,
      inputs.allSatisfy({ $0.rank == first.rank && $0.with(1, along: axis) == first.with(1, along: axis) })
    else { throw .incompatibleShapes(operation: "concatenation along axis \(axis)", shapes: inputs) }
    var total = 0
    for input in inputs {
      let (sum, overflow) = total.addingReportingOverflow(input[axis])
      guard !overflow else {
        throw .incompatibleShapes(operation: "concatenation along axis \(axis)", shapes: inputs)
      }
      total = sum
    }
    return first.with(total, along: axis)
  }

  /// The inputs in their order.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit each other.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: inputs.map(\.shape))
    let runs = runs(of: inputs.map(\.shape))
    return Tensor(shape) { target in
      var next = 0
      for row in 0..<rows(of: shape) {
        for (input, run) in zip(inputs, runs) {
          input.withValues { source in
            for offset in 0..<run {
              target.initializeElement(at: next + offset, to: source[row * run + offset])
            }
          }
          next += run
        }
      }
    }
  }

  /// The parts of the cotangent.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let shapes = site.inputs.map(\.shape)
    let runs = runs(of: shapes)
    let total = runs.reduce(0, +)
    var start = 0
    return zip(shapes, runs).map { shape, run in
      defer { start += run }
      return Tensor(shape) { target in
        cotangent.withValues { source in
          for row in 0..<rows(of: shape) {
            for offset in 0..<run {
              target.initializeElement(at: row * run + offset, to: source[row * total + start + offset])
            }
          }
        }
      }
    }
  }

  /// How often the inputs take turns.
  private func rows(of shape: Shape) -> Int { shape.extents.prefix(axis).reduce(1, *) }

  /// The consecutive elements that each input gives at a time.
  private func runs(of shapes: [Shape]) -> [Int] { shapes.map { $0.extents.dropFirst(axis).reduce(1, *) } }
}

extension Shape {
  /// The same shape with another extent along one axis.
  fileprivate func with(_ extent: Int, along axis: Int) -> Shape {
    var extents = extents
    extents[axis] = extent
    return Shape(extents)
  }
}
