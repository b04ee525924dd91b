extension Tensor {
  /// The tensor with its axes in another order.
  ///
  ///     y[i[order[0]], i[order[1]], ...] = x[i[0], i[1], ...]
  ///
  /// - Parameter order: For every axis of the result the axis of this tensor that it is.
  /// - Returns: A tensor of the permuted shape.
  public func permuted(_ order: [Int]) -> Tensor {
    precondition(
      order.sorted() == Array(shape.extents.indices), "\(order) is not an order of the axes of \(shape)")
    let result = Shape(order.map { shape[$0] })
    guard result.count > 0, order != order.sorted() else { return reshaped(to: result) }
    let axes = permutedRuns(order)
    return Tensor(result) { target in
      withValues { source in
        let inner = axes[axes.count - 1]
        var position = [Int](repeating: 0, count: axes.count - 1)
        var start = 0
        for line in 0..<(target.count / inner.extent) {
          for index in 0..<inner.extent {
            target.initializeElement(at: line * inner.extent + index, to: source[start + index * inner.step])
          }
          for axis in position.indices.reversed() {
            position[axis] += 1
            start += axes[axis].step
            guard position[axis] == axes[axis].extent else { break }
            start -= position[axis] * axes[axis].step
            position[axis] = 0
          }
        }
      }
    }
  }

  /// Extent and step in this tensor of every axis of the result; neighbours that stay neighbours count as one.
  private func permutedRuns(_ order: [Int]) -> [(extent: Int, step: Int)] {
    var runs: [(extent: Int, step: Int)] = []
    for (index, axis) in order.enumerated() {
      let step = shape.extents[(axis + 1)...].reduce(1, *)
      if index > 0, order[index - 1] == axis - 1 {
        runs[runs.count - 1] = (runs[runs.count - 1].extent * shape[axis], step)
      } else {
        runs.append((shape[axis], step))
      }
    }
    return runs
  }
}
