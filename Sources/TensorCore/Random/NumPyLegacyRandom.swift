/// A seeded stream of random numbers, equal to that of NumPy's `RandomState(seed)`.
///
/// Everything random in SignalLens draws from this stream, so that a seed gives the same numbers on every run
/// and every machine, and the same numbers as a NumPy script with that seed. The methods name the NumPy
/// function that they equal; calls may be mixed in any order, as there. The logarithm inside `standardNormal`
/// is correctly rounded, so no mathematics library has a say.
///
/// Checked against: NumPy 2.4 and the stored vectors of its legacy streams.
public struct NumPyLegacyRandom: Sendable {
  private var generator: MersenneTwister
  private var cachedNormal: Double?

  /// Creates the stream that `numpy.random.seed(seed)` begins.
  public init(seed: UInt32) { generator = MersenneTwister(seed: seed) }

  /// The next 32 random bits.
  public mutating func nextWord() -> UInt32 { generator.nextWord() }

  /// A number in `0..<1` with 53 random bits: `random_sample()`, `rand()`.
  public mutating func uniform() -> Double {
    let high = Double(generator.nextWord() >> 5)
    let low = Double(generator.nextWord() >> 6)
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  /// A number of the normal distribution with mean 0 and deviation 1: `standard_normal()`, `randn()`.
  ///
  /// The polar method yields numbers in pairs; the second of a pair is kept for the next call.
  public mutating func standardNormal() -> Double {
    if let cached = cachedNormal {
      cachedNormal = nil
      return cached
    }
    while true {
      let first = 2 * uniform() - 1
      let second = 2 * uniform() - 1
      let radius = first * first + second * second
      guard radius < 1, radius != 0 else { continue }
      let factor = (-2 * correctlyRoundedLogarithm(radius) / radius).squareRoot()
      cachedNormal = factor * first
      return factor * second
    }
  }

  /// A number of the normal distribution: `normal(mean, deviation)`.
  public mutating func normal(mean: Double, deviation: Double) -> Double {
    mean + deviation * standardNormal()
  }

  /// A number of `0..<count`, all equally likely: `randint(0, count)`, `choice(count)`.
  ///
  /// With a `count` of 1 nothing is drawn; less is a defect of the caller.
  public mutating func integer(below count: Int) -> Int {
    precondition(count >= 1, "no integer is below \(count)")
    return Int(bounded(by: UInt64(count - 1)))
  }

  /// The numbers of `0..<count` in random order: `permutation(count)`.
  public mutating func permutation(_ count: Int) -> [Int] {
    precondition(count >= 0, "a permutation has no negative length \(count)")
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(bounded(by: UInt64(last))))
    }
    return order
  }

  /// A number of `0...maximum`: bits are drawn under the smallest sufficient mask until they are in range.
  private mutating func bounded(by maximum: UInt64) -> UInt64 {
    guard maximum > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(maximum.leadingZeroBitCount)
    while true {
      let bits = maximum <= UInt64(UInt32.max) ? UInt64(generator.nextWord()) : generator.next()
      if bits & mask <= maximum { return bits & mask }
    }
  }
}
