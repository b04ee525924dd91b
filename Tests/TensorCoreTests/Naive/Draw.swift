import TensorCore

/// Seeded random tensors and numbers.
struct Draw {
  private var generator: MersenneTwister

  init(seed: Int) { generator = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed)) }

  mutating func int(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }

  mutating func element<T>(of choices: [T]) -> T { choices[int(0...(choices.count - 1))] }

  /// Small whole numbers, whose products and sums are exact in 32 bits, so that results can be compared for equality.
  mutating func wholeNumbers(_ shape: Shape) -> Tensor {
    Tensor(shape, (0..<shape.count).map { _ in Float(int(-8...8)) })
  }

  /// Numbers between -1 and 1.
  mutating func numbers(_ shape: Shape) -> Tensor {
    Tensor(shape, (0..<shape.count).map { _ in Float.random(in: -1...1, using: &generator) })
  }
}

extension InstructionSet {
  /// The sets that this processor runs, and the emulation of tiles.
  static let tested = available + [amxEmulated]
}

/// `<a, b>`, the sum of the products of two tensors' elements, in 64 bits.
func product(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.values, b.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// The largest difference between numbers and their 64-bit twins.
func largestError(_ found: Tensor, _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found.values, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
}

/// The root of the mean square of the differences between numbers and their 64-bit twins.
func rootMeanSquareError(_ found: Tensor, _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  let sum = zip(found.values, expected).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
  return (sum / Double(expected.count)).squareRoot()
}

extension Tensor {
  /// The numbers, with whole ones in the place of those that only rounding keeps from it.
  var withoutRounding: Tensor {
    Tensor(shape, values.map { abs($0 - $0.rounded()) < 0.05 ? $0.rounded() : $0 })
  }
}
