/// A scale and a shift for every element of an item.
///
///     y[n, ...] = x[n, ...] * scale[...] + shift[...]
public struct ElementScaling: Sendable {
  /// One factor per element, of the shape `[1, spatial..., channels]`.
  public let scale: Tensor
  /// One summand per element, of the same shape.
  public let shift: Tensor

  /// Creates a scaling from factors and summands of the shape of one item.
  public init(scale: Tensor, shift: Tensor) {
    precondition(
      scale.shape == shift.shape && scale.shape.batch == 1,
      "factors of \(scale.shape) and summands of \(shift.shape) are not a scaling of an item")
    self.scale = scale
    self.shift = shift
  }

  /// The scaled and shifted input.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    scaled(input) { target, scale in
      shift.withValues { shift in
        for start in stride(from: 0, to: target.count, by: max(scale.count, 1)) {
          for index in 0..<scale.count {
            target[start + index] = target[start + index] * scale[index] + shift[index]
          }
        }
      }
    }
  }

  /// The cotangent of the input.
  public func pullback(_ cotangent: Tensor) -> Tensor {
    scaled(cotangent) { target, scale in
      for start in stride(from: 0, to: target.count, by: max(scale.count, 1)) {
        for index in 0..<scale.count { target[start + index] *= scale[index] }
      }
    }
  }

  private func scaled(
    _ input: Tensor, _ body: (UnsafeMutableBufferPointer<Float>, UnsafeBufferPointer<Float>) -> Void
  ) -> Tensor {
    precondition(
      input.shape.with(batch: 1) == scale.shape, "\(input.shape) does not hold items of \(scale.shape)")
    var result = input
    result.withMutableValues { target in scale.withValues { body(target, $0) } }
    return result
  }
}

extension Tensor {
  /// The tensor with axes of extent one repeated until it has another shape of the same rank.
  ///
  /// - Parameter shape: Equal to this tensor's shape but on axes on which this one has extent one.
  /// - Returns: A tensor of that shape.
  public func broadcast(to shape: Shape) -> Tensor {
    precondition(self.shape.rank == shape.rank, "\(self.shape) cannot be repeated to \(shape)")
    var result = self
    for (axis, extent) in shape.extents.enumerated() where result.shape[axis] != extent {
      precondition(result.shape[axis] == 1, "\(self.shape) cannot be repeated to \(shape)")
      let ones = [[AxisMatrix.Element]](repeating: [.init(column: 0, weight: 1)], count: extent)
      result = result.multiplied(by: AxisMatrix(columns: 1, rows: ones), along: axis)
    }
    return result
  }
}
