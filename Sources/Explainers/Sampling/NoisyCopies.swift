import TensorCore

/// Copies of an item with normal noise added, each drawn from a stream of its own, so that any of them can be made at any time.
struct NoisyCopies: Sendable {
  private let input: Tensor
  private let deviation: Double
  private let seeds: [UInt32]

  /// Prepares copies.
  ///
  /// - Parameters:
  ///   - input: One item.
  ///   - count: The number of copies.
  ///   - noise: The standard deviation, as a share of the item's range.
  ///   - seed: The seed of the stream that the copies' seeds come from.
  init(of input: Tensor, count: Int, noise: Double, seed: UInt32) {
    self.input = input
    deviation = noise * (Double(input.maximum) - Double(input.minimum))
    var random = NumPyLegacyRandom(seed: seed)
    seeds = (0..<count).map { _ in random.nextWord() }
  }

  /// A batch of copies.
  subscript(range: Range<Int>) -> Tensor {
    Tensor(input.shape.with(batch: range.count)) { target in
      input.withValues { values in
        for (item, seed) in seeds[range].enumerated() {
          var random = NumPyLegacyRandom(seed: seed)
          for index in values.indices {
            target.initializeElement(
              at: item * values.count + index,
              to: Float(Double(values[index]) + deviation * random.standardNormal()))
          }
        }
      }
    }
  }
}
