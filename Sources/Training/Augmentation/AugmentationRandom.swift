import Foundation

/// The random stream of one item in one epoch, cheap to begin.
///
/// It is SplitMix64: a counter that grows by a fixed odd number and is scrambled. What it yields follows from the seed, the epoch and the item alone, so
/// that items may be augmented in any order and on any thread, and training that is resumed sees the same ones.
///
///     z = state += 0x9e3779b97f4a7c15
///     z = (z ^ z >> 30) 0xbf58476d1ce4e5b9;  z = (z ^ z >> 27) 0x94d049bb133111eb;  z ^ z >> 31      modulo 2^64
///
/// Source: G. L. Steele, D. Lea and C. H. Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014. Checked against: the published test
/// vector of its reference code.
public struct AugmentationRandom: Sendable {
  private var state: UInt64
  private var nextNormal: Double?

  /// Begins the stream of a state.
  public init(state: UInt64) { self.state = state }

  /// Begins the stream of an item.
  ///
  /// The state is `scrambled(scrambled(seed 2^32 + epoch) + item)`.
  ///
  /// - Parameters:
  ///   - seed: The seed of the training.
  ///   - epoch: The number of the epoch.
  ///   - item: The number of the item in its data.
  public init(seed: UInt32, epoch: Int, item: Int) {
    let first = UInt64(seed) << 32 &+ UInt64(truncatingIfNeeded: epoch)
    self.init(state: Self.scrambled(Self.scrambled(first) &+ UInt64(truncatingIfNeeded: item)))
  }

  /// The next 64 random bits.
  public mutating func nextWord() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.scrambled(state)
  }

  /// A number in `0..<1` with 53 random bits.
  public mutating func uniform() -> Double { Double(nextWord() >> 11) * 0x1p-53 }

  /// A number of a range, all equally likely.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A number of `0..<count`, all equally likely to within `count / 2^53`.
  public mutating func integer(below count: Int) -> Int { min(Int(uniform() * Double(count)), count - 1) }

  /// A number of the normal distribution with mean 0 and deviation 1, by the method of G. E. P. Box and M. E. Muller (1958).
  ///
  ///     sqrt(-2 ln u) cos(2 pi v),  sqrt(-2 ln u) sin(2 pi v)
  public mutating func standardNormal() -> Double {
    if let next = nextNormal {
      nextNormal = nil
      return next
    }
    let radius = (-2 * log(1 - uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    nextNormal = radius * sin(angle)
    return radius * cos(angle)
  }

  private static func scrambled(_ bits: UInt64) -> UInt64 {
    var word = bits
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
