import TensorCore

extension Tensor {
  /// The sum of the squares of all elements, in 64 bits and always in the same order.
  var sumOfSquares: Double {
    withValues { values in
      var sums = SIMD8<Double>.zero
      let whole = values.count / 8 * 8
      for start in stride(from: 0, to: whole, by: 8) {
        var run = SIMD8<Float>.zero
        for lane in 0..<8 { run[lane] = values[start + lane] }
        let wide = SIMD8<Double>(run)
        sums += wide * wide
      }
      return values[whole...].reduce(sums.sum()) { $0 + Double($1) * Double($1) }
    }
  }

  /// Adds a multiple of another tensor.
  mutating func add(_ other: Tensor, times factor: Float) {
    withMutableValues { own in
      other.withValues { other in
        precondition(own.count == other.count, "tensors of different sizes are not added")
        for index in own.indices { own[index] += factor * other[index] }
      }
    }
  }

  /// Multiplies all elements.
  mutating func scale(by factor: Float) {
    withMutableValues { own in
      for index in own.indices { own[index] *= factor }
    }
  }

  /// Whether no element is infinite or not a number.
  var isFinite: Bool {
    withValues { values in
      // What is not finite times zero is not a number, and stays one in every sum.
      values.reduce(into: Float.zero) { $0 += $1 * 0 } == 0
    }
  }
}
