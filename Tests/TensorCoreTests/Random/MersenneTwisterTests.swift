import TensorCore
import Testing

@Suite struct MersenneTwisterTests {
  @Test func theWordsOfSeedFortyTwoAreThoseOfNumPy() {
    var generator = MersenneTwister(seed: 42)
    let words = (0..<5).map { _ in generator.nextWord() }
    #expect(words == [1_608_637_542, 3_421_126_067, 4_083_286_876, 787_846_414, 3_143_890_026])
  }

  /// The reference program of the authors prints 4123659995 as the 10000th output of its default seed 5489.
  @Test func theTenThousandthWordOfTheDefaultSeedIsThePublishedOne() {
    var generator = MersenneTwister(seed: 5489)
    var word: UInt32 = 0
    for _ in 0..<10_000 { word = generator.nextWord() }
    #expect(word == 4_123_659_995)
  }

  @Test func sixtyFourBitsAreTwoWordsHighOneFirst() {
    var words = MersenneTwister(seed: 7)
    var pairs = words
    let high = UInt64(words.nextWord())
    #expect(pairs.next() == high << 32 | UInt64(words.nextWord()))
  }

  @Test func aCopyContinuesOnItsOwn() {
    var original = MersenneTwister(seed: 3)
    _ = original.nextWord()
    var copy = original
    let ahead = (0..<700).map { _ in original.nextWord() }
    #expect(ahead == (0..<700).map { _ in copy.nextWord() })
  }
}
