extension Tensor {
  /// The tensor whose elements are a function of this one's.
  public func map(_ function: (Float) -> Float) -> Tensor {
    Tensor(shape) { target in
      withValues { source in
        for index in 0..<source.count { target.initializeElement(at: index, to: function(source[index])) }
      }
    }
  }

  /// The tensor whose elements are a function of this one's and those of another of equal shape.
  public func combined(with other: Tensor, _ function: (Float, Float) -> Float) -> Tensor {
    precondition(shape == other.shape, "tensors of \(shape) and \(other.shape) have no elements in common")
    return Tensor(shape) { target in
      withValues { a in
        other.withValues { b in
          for index in 0..<a.count { target.initializeElement(at: index, to: function(a[index], b[index])) }
        }
      }
    }
  }

  /// The element-wise sum.
  public static func + (left: Tensor, right: Tensor) -> Tensor { left.combined(with: right, +) }

  /// The element-wise difference.
  public static func - (left: Tensor, right: Tensor) -> Tensor { left.combined(with: right, -) }

  /// The element-wise product.
  public static func * (left: Tensor, right: Tensor) -> Tensor { left.combined(with: right, *) }

  /// Every element times a number.
  public static func * (left: Tensor, right: Float) -> Tensor { left.map { $0 * right } }
}
