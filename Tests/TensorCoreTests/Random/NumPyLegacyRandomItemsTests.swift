import TensorCore
import Testing

@Suite struct NumPyLegacyRandomItemsTests {
  /// `rand()` and `randn()` of NumPy's `RandomState(mix(mix(seed) + 0x9e3779b9 item))`, whose seeds are 0, 2462723854, 3809572752 and 3519107405.
  static let streams: [(seed: UInt32, item: Int, uniform: Double, normal: Double)] = [
    (0, 0, 0.5488135039273248, 0.7415917408091613), (0, 1, 0.9785657781034917, -1.132275134843571),
    (42, 7, 0.5056730611861241, -0.3751653878469835), (42, -1, 0.28273628825325847, 0.17998323348048537),
  ]

  @Test(arguments: streams)
  func streamsAreThoseOfNumPy(seed: UInt32, item: Int, uniform: Double, normal: Double) {
    var random = NumPyLegacyRandom(seed: seed, item: item)
    #expect(random.uniform() == uniform)
    #expect(random.standardNormal() == normal)
  }

  @Test func itemsHaveDifferentStreams() {
    let first = (-1..<2000).map { item in
      var random = NumPyLegacyRandom(seed: 5, item: item)
      return random.uniform()
    }
    #expect(Set(first).count == first.count)
  }

  @Test func aRangeIsStretched() {
    var (random, plain) = (NumPyLegacyRandom(seed: 3), NumPyLegacyRandom(seed: 3))
    for _ in 0..<100 {
      let value = random.uniform(-2, 6)
      #expect(value == -2 + 8 * plain.uniform())
      #expect((-2..<6).contains(value))
    }
  }
}
