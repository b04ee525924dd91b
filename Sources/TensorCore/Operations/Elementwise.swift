extension Tensor {
  /// Elements that a thread takes at once.
  @usableFromInline static let elementwiseRun = 1 << 15

  /// The tensor whose elements are a function of this one's.
  @inlinable
  public func map(_ function: @Sendable (Float) -> Float) -> Tensor {
    Tensor(shape) { target in
      Self.divided(target) { result, range in
        withExtendedLifetime(self) {
          let source = start
          for index in range { (result + index).initialize(to: function(source[index])) }
        }
      }
    }
  }

  /// The tensor whose elements are a function of this one's and those of another of equal shape.
  @inlinable
  public func combined(with other: Tensor, _ function: @Sendable (Float, Float) -> Float) -> Tensor {
    precondition(shape == other.shape, "tensors of \(shape) and \(other.shape) have no elements in common")
    return Tensor(shape) { target in
      Self.divided(target) { result, range in
        withExtendedLifetime((self, other)) {
          let (a, b) = (start, other.start)
          for index in range { (result + index).initialize(to: function(a[index], b[index])) }
        }
      }
    }
  }

  /// Divides the elements of a result over threads.
  @inlinable
  static func divided(
    _ target: UnsafeMutableBufferPointer<Float>,
    _ body: @Sendable (UnsafeMutablePointer<Float>, Range<Int>) -> Void
  ) {
    let memory = SharedMemory(target)
    let count = target.count
    Threads.forEach((count + elementwiseRun - 1) / elementwiseRun) { run in
      body(memory.start, (run * elementwiseRun)..<min((run + 1) * elementwiseRun, count))
    }
  }

  /// The element-wise sum.
  public static func + (left: Tensor, right: Tensor) -> Tensor { left.combined(with: right) { $0 + $1 } }

  /// The element-wise difference.
  public static func - (left: Tensor, right: Tensor) -> Tensor { left.combined(with: right) { $0 - $1 } }

  /// The element-wise product.
  public static func * (left: Tensor, right: Tensor) -> Tensor { left.combined(with: right) { $0 * $1 } }

  /// Every element times a number.
  public static func * (left: Tensor, right: Float) -> Tensor { left.map { $0 * right } }
}

extension Tensor {
  /// Elements whose sums are held at a time.
  private static let summedRun = 256

  /// Creates the sum of tensors of one shape, each element added in order in 64 bits.
  ///
  /// - Parameter terms: The tensors, at least one.
  package init(adding terms: [Tensor]) {
    precondition(
      !terms.isEmpty && terms.allSatisfy { $0.shape == terms[0].shape }, "tensors of one shape are added")
    self.init(terms[0].shape) { target in
      Self.divided(target) { target, range in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.summedRun) { sums in
          for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.summedRun) {
            let count = min(Self.summedRun, range.upperBound - first)
            sums.initialize(repeating: 0)
            for term in terms {
              withExtendedLifetime(term) {
                let values = term.start + first
                for index in 0..<count { sums[index] += Double(values[index]) }
              }
            }
            for index in 0..<count { (target + first + index).initialize(to: Float(sums[index])) }
          }
        }
      }
    }
  }
}
