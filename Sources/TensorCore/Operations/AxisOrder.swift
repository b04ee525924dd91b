extension Tensor {
  /// The same elements with their axes in another order.
  ///
  ///     result[i[order[0]], i[order[1]], ...] = self[i[0], i[1], ...]
  ///
  /// - Parameter order: For every axis of the result the axis that it is here; each axis once.
  /// - Returns: A tensor with the extents in the new order.
  public func withAxes(_ order: [Int]) -> Tensor {
    precondition(order.sorted() == Array(0..<shape.rank), "\(order) is not an order of the axes of \(shape)")
    let strides = shape.extents.indices.map { shape.extents[($0 + 1)...].reduce(1, *) }
    // Axes at the end that stay in place make runs that are copied whole.
    let moved = (order.indices.last { order[$0] != $0 } ?? -1) + 1
    guard moved > 0 else { return self }
    let extents = order.map { shape[$0] }
    let steps = order.map { strides[$0] }
    let run = extents[moved...].reduce(1, *)
    return Tensor(Shape(extents)) { target in
      withValues { source in
        var position = [Int](repeating: 0, count: moved)
        var from = 0
        for start in stride(from: 0, to: source.count, by: max(run, 1)) {
          for offset in 0..<run {
            target.initializeElement(at: start + offset, to: source[from + offset])
          }
          var axis = moved - 1
          while axis >= 0 {
            position[axis] += 1
            from += steps[axis]
            if position[axis] < extents[axis] { break }
            from -= position[axis] * steps[axis]
            position[axis] = 0
            axis -= 1
          }
        }
      }
    }
  }
}

extension Tensor {
  /// The steps of `[batch, time, ...]` in the opposite order.
  public var withStepsReversed: Tensor {
    let (steps, size) = (shape[1], shape.extents[2...].reduce(1, *))
    return Tensor(shape) { target in
      withValues { source in
        for index in 0..<source.count {
          let (row, offset) = (index / size, index % size)
          let mirrored = row / steps * steps + (steps - 1 - row % steps)
          target.initializeElement(at: index, to: source[mirrored * size + offset])
        }
      }
    }
  }

  /// Every position's channels times one number.
  ///
  /// - Parameter factors: One number per position, `[batch, spatial..., 1]`.
  /// - Returns: A tensor of this one's shape.
  public func scaledAtPositions(by factors: Tensor) -> Tensor {
    precondition(
      factors.shape == shape.with(channels: 1),
      "\(factors.shape) does not hold one number per position of \(shape)")
    let channels = shape.channels
    return Tensor(shape) { target in
      withValues { source in
        factors.withValues { factors in
          for index in 0..<source.count {
            target.initializeElement(at: index, to: source[index] * factors[index / channels])
          }
        }
      }
    }
  }
}
