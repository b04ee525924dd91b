extension NumPyLegacyRandom {
  /// Creates the stream of one item of a generated set, so that items may be made in any order and on any thread.
  ///
  /// The seed of the stream is
  ///
  ///     s = mix(mix(seed) + 0x9e3779b9 item)   modulo 2^32
  ///     mix(h): h ^= h >> 16; h *= 0x85ebca6b; h ^= h >> 13; h *= 0xc2b2ae35; h ^= h >> 16
  ///
  /// which gives different streams to any two items less than 2^32 apart. `mix` is the last step of MurmurHash3 by A. Appleby.
  ///
  /// - Parameters:
  ///   - seed: The seed of the set.
  ///   - item: The number of the item; negative ones serve for what belongs to no item.
  public init(seed: UInt32, item: Int) {
    self.init(seed: Self.mixed(Self.mixed(seed) &+ 0x9e37_79b9 &* UInt32(truncatingIfNeeded: item)))
  }

  /// A number of `low..<high`, all equally likely.
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// A one-to-one map of 32 bits that changes half of them when one changes.
  private static func mixed(_ bits: UInt32) -> UInt32 {
    var hash = bits
    hash ^= hash >> 16
    hash &*= 0x85eb_ca6b
    hash ^= hash >> 13
    hash &*= 0xc2b2_ae35
    return hash ^ (hash >> 16)
  }
}
