/// A seeded sequence of random numbers of which every one can be had without those before it.
///
/// Number `i` of seed `s` is `mix(s + (i + 1) * 0x9e3779b97f4a7c15)` modulo 2^64, with
///
///     mix(z): z ^= z >> 30; z *= 0xbf58476d1ce4e5b9; z ^= z >> 27; z *= 0x94d049bb133111eb; z ^= z >> 31
///
/// What is drawn for an element from its place alone does not depend on which thread draws it. For single draws in order there is
/// `NumPyLegacyRandom`.
///
/// Source: G. L. Steele, D. Lea and C. H. Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014; the constants of `mix` are
/// those of S. Vigna's `splitmix64.c` (2015).
public struct SplitMix64: Sendable {
  private static let increment: UInt64 = 0x9e37_79b9_7f4a_7c15
  private let seed: UInt64

  /// Creates the sequence of a seed.
  public init(seed: UInt64) { self.seed = seed }

  /// A number of the sequence: 64 random bits.
  @inline(__always)
  public subscript(index: Int) -> UInt64 {
    var bits = seed &+ (UInt64(truncatingIfNeeded: index) &+ 1) &* Self.increment
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}
