import TensorCore

/// Sums of masks, weighted by numbers, position by position in 64 bits.
struct MaskSums: Sendable {
  /// The number of masks.
  private(set) var count = 0
  /// At every position the sum of the weighted masks.
  private(set) var values: [Double]
  /// At every position the sum of the squares of the weighted masks.
  private(set) var squares: [Double]

  /// No masks over a number of positions.
  init(positions: Int) {
    values = Array(repeating: 0, count: positions)
    squares = values
  }

  /// The masks of a batch, `[masks, positions]`.
  init(_ masks: Tensor, weights: [Double]) {
    self.init(positions: masks.shape[1])
    count = weights.count
    let positions = values.count
    masks.withValues { masks in
      values.withUnsafeMutableBufferPointer { values in
        squares.withUnsafeMutableBufferPointer { squares in
          for (mask, weight) in weights.enumerated() {
            for position in 0..<positions {
              let value = weight * Double(masks[mask * positions + position])
              values[position] += value
              squares[position] += value * value
            }
          }
        }
      }
    }
  }

  /// Takes in the sums of other masks.
  mutating func add(_ other: MaskSums) {
    count += other.count
    for position in values.indices {
      values[position] += other.values[position]
      squares[position] += other.squares[position]
    }
  }

  /// The standard error of the mean weighted mask at every position, or `nil` for fewer than two masks.
  var standardErrors: [Double]? {
    guard count > 1 else { return nil }
    let n = Double(count)
    return zip(values, squares).map { sum, squares in
      (max(squares - sum * sum / n, 0) / (n - 1) / n).squareRoot()
    }
  }
}

/// Numbers brought to the range from zero to one, or `nil` where all are equal.
func minMaxNormalized(_ values: [Double]) -> [Double]? {
  guard let low = values.min(), let high = values.max(), high > low else { return nil }
  return values.map { ($0 - low) / (high - low) }
}
