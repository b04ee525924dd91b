/// A regular part of a tensor: along every axis a start, a number of cells and a step.
public struct TensorSlice: Sendable, Equatable {
  /// The part along one axis.
  public struct Run: Sendable, Equatable {
    /// The first cell.
    public let start: Int
    /// The number of cells.
    public let count: Int
    /// The distance to the next cell, which is negative to go backward.
    public let step: Int

    /// Creates a run of cells.
    public init(start: Int, count: Int, step: Int = 1) {
      self.start = start
      self.count = count
      self.step = step
    }
  }

  /// One run for every axis behind the batch axis, which is kept whole.
  public let runs: [Run]

  /// Creates a slice from one run for every axis behind the batch axis.
  public init(_ runs: [Run]) { self.runs = runs }

  /// The shape of the part.
  ///
  /// - Parameter input: The shape of the whole.
  /// - Returns: The batch axis and one axis per run.
  /// - Throws: `GeometryError` when a run reaches beyond the whole.
  public func outputShape(for input: Shape) throws(GeometryError) -> Shape {
    guard input.rank == runs.count + 1 else {
      throw .incompatibleShapes(operation: "slice over \(runs.count) axes", shapes: [input])
    }
    for (run, extent) in zip(runs, input.extents.dropFirst()) {
      guard run.count > 0 else {
        throw .parameterOutOfRange(name: "slice", value: run.count, least: 1, most: extent)
      }
      for end in [run.start, run.start + (run.count - 1) * run.step] where !(0..<extent).contains(end) {
        throw .parameterOutOfRange(name: "cell of a slice", value: end, least: 0, most: extent - 1)
      }
    }
    return Shape([input.batch] + runs.map(\.count))
  }

  /// The part of a tensor.
  ///
  /// - Throws: `GeometryError` when a run reaches beyond the tensor.
  public func callAsFunction(_ input: Tensor) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: input.shape)
    let (start, strides) = places(in: input.shape)
    return Tensor(shape) { target in
      input.withValues { source in
        shape.forEachOffset(strides, from: start) { target.initializeElement(at: $0, to: source[$1]) }
      }
    }
  }

  /// The cotangent of the whole: that of the part in its place, and zeros around it.
  public func pullback(_ cotangent: Tensor, input: Shape) -> Tensor {
    let (start, strides) = places(in: input)
    var result = Tensor(input)
    result.withMutableValues { target in
      cotangent.withValues { source in
        cotangent.shape.forEachOffset(strides, from: start) { target[$1] = source[$0] }
      }
    }
    return result
  }

  private func places(in shape: Shape) -> (start: Int, strides: [Int]) {
    let whole = shape.strides
    let start = zip(runs, whole.dropFirst()).reduce(0) { $0 + $1.0.start * $1.1 }
    return (start, [whole[0]] + zip(runs, whole.dropFirst()).map { $0.step * $1 })
  }
}
