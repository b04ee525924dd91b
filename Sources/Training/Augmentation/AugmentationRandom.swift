import Foundation
import TensorCore

/// The random stream of one item in one epoch, cheap to begin.
///
/// It counts through a `SplitMix64` sequence. What it yields follows from the seed, the epoch and the item alone, so that items may be augmented in any
/// order and on any thread, and training that is resumed sees the same ones.
public struct AugmentationRandom: Sendable {
  private let words: SplitMix64
  private var drawn = 0
  private var nextNormal: Double?

  /// Begins the stream of an item.
  ///
  /// With `first(s)` the first number of the sequence of seed `s`, its sequence is that of the seed `first(first(seed 2^32 + epoch) + item)`.
  ///
  /// - Parameters:
  ///   - seed: The seed of the training.
  ///   - epoch: The number of the epoch.
  ///   - item: The number of the item in its data.
  public init(seed: UInt32, epoch: Int, item: Int) {
    let epochWord = SplitMix64(seed: UInt64(seed) << 32 &+ UInt64(truncatingIfNeeded: epoch))[0]
    words = SplitMix64(seed: SplitMix64(seed: epochWord &+ UInt64(truncatingIfNeeded: item))[0])
  }

  /// The next 64 random bits.
  public mutating func nextWord() -> UInt64 {
    drawn += 1
    return words[drawn - 1]
  }

  /// A number in `0..<1` with 53 random bits.
  public mutating func uniform() -> Double { Double(nextWord() >> 11) * 0x1p-53 }

  /// A number of a range, all equally likely.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A number of `0..<count`, all equally likely to within `count / 2^53`.
  public mutating func integer(below count: Int) -> Int { min(Int(uniform() * Double(count)), count - 1) }

  /// A number of the normal distribution with mean 0 and deviation 1.
  ///
  ///     sqrt(-2 ln u) cos(2 pi v),  sqrt(-2 ln u) sin(2 pi v)
  ///
  /// Source: G. E. P. Box and M. E. Muller, *A Note on the Generation of Random Normal Deviates*, 1958.
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
}
