/// The 32-bit Mersenne Twister MT19937, seeded as NumPy's `RandomState(seed)` seeds it.
///
/// Period 2^19937 - 1, state of 624 words. A value type: a copy continues the stream on its own.
///
/// Source: M. Matsumoto and T. Nishimura, *Mersenne Twister: a 623-dimensionally equidistributed uniform
/// pseudo-random number generator*, ACM TOMACS 8 (1998); the initialisation is `init_genrand` of the authors'
/// 2002 revision.
public struct MersenneTwister: Sendable, RandomNumberGenerator {
  private static let length = 624
  private static let shift = 397
  private var words: [UInt32]
  private var position: Int

  /// Creates the stream of one seed.
  ///
  ///     word[0] = seed,  word[i] = 1812433253 (word[i-1] ^ (word[i-1] >> 30)) + i
  public init(seed: UInt32) {
    words = [UInt32](repeating: seed, count: Self.length)
    for index in 1..<Self.length {
      let previous = words[index - 1]
      words[index] = 1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(index)
    }
    position = Self.length
  }

  /// The next 32 bits of the stream.
  public mutating func nextWord() -> UInt32 {
    if position == Self.length { advance() }
    var word = words[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// The next 64 bits: two words, the high one drawn first.
  public mutating func next() -> UInt64 {
    let high = UInt64(nextWord())
    return high << 32 | UInt64(nextWord())
  }

  /// Replaces all words by their successors.
  private mutating func advance() {
    words.withUnsafeMutableBufferPointer { words in
      for index in 0..<Self.length {
        let following = words[(index + 1) % Self.length]
        let mixed = (words[index] & 0x8000_0000) | (following & 0x7fff_ffff)
        let twist: UInt32 = mixed & 1 == 0 ? 0 : 0x9908_b0df
        words[index] = words[(index + Self.shift) % Self.length] ^ (mixed >> 1) ^ twist
      }
    }
    position = 0
  }
}
