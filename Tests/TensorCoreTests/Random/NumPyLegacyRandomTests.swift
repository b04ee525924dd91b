import TensorCore
import Testing

/// Numbers printed by NumPy 2.4 with `numpy.random.seed(seed)` and the function named in the test.
@Suite struct NumPyLegacyRandomTests {
  @Test func uniformNumbersEqualRandomSample() {
    var random = NumPyLegacyRandom(seed: 42)
    #expect(
      (0..<3).map { _ in random.uniform() } == [
        0.3745401188473625, 0.9507143064099162, 0.7319939418114051,
      ])
    random = NumPyLegacyRandom(seed: .max)
    #expect(random.uniform() == 0.0976320289940138)
  }

  @Test func standardNormalNumbersEqualRandn() {
    var random = NumPyLegacyRandom(seed: 42)
    #expect(
      (0..<4).map { _ in random.standardNormal() } == [
        0.4967141530112327, -0.13826430117118466, 0.6476885381006925, 1.5230298564080254,
      ])
  }

  @Test func normalNumbersAreShiftedAndScaled() {
    var random = NumPyLegacyRandom(seed: 42)
    #expect(random.normal(mean: 10, deviation: 0.5) == 10.248357076505616)
  }

  @Test func integersEqualChoice() {
    var random = NumPyLegacyRandom(seed: 42)
    #expect(
      (0..<10).map { _ in random.integer(below: 48) } == [38, 28, 14, 42, 7, 20, 38, 18, 22, 10])
  }

  @Test func integersBeyondThirtyTwoBitsDrawTwoWords() {
    var random = NumPyLegacyRandom(seed: 0)
    #expect(
      (0..<3).map { _ in random.integer(below: 1 << 40) } == [
        741_280_623_151, 506_137_267_392, 291_447_657_211,
      ])
  }

  @Test func oneChoiceDrawsNothing() {
    var random = NumPyLegacyRandom(seed: 42)
    #expect(random.integer(below: 1) == 0)
    #expect(random.uniform() == 0.3745401188473625)
  }

  @Test func permutationsEqualPermutation() {
    var random = NumPyLegacyRandom(seed: 42)
    #expect(random.permutation(10) == [8, 1, 5, 0, 7, 2, 9, 4, 3, 6])
    #expect(random.permutation(0).isEmpty)
    #expect(random.permutation(1) == [0])
  }

  /// The second normal number of a pair waits while other functions draw.
  @Test func callsMayBeMixed() {
    var random = NumPyLegacyRandom(seed: 42)
    #expect(random.uniform() == 0.3745401188473625)
    #expect(random.integer(below: 48) == 28)
    #expect(random.standardNormal() == 0.5437431604812986)
    #expect(random.uniform() == 0.596850157946487)
    #expect(random.standardNormal() == -0.615429769598336)
    #expect(random.integer(below: 48) == 18)
  }

  @Test func theLargestSeedMixesLikeAnyOther() {
    var random = NumPyLegacyRandom(seed: .max)
    #expect(random.uniform() == 0.0976320289940138)
    #expect(random.permutation(5) == [1, 2, 0, 3, 4])
    #expect(random.normal(mean: 2, deviation: 3) == 2.2439110043518076)
    #expect(random.normal(mean: 2, deviation: 3) == 3.229055370044497)
    #expect(random.integer(below: 1 << 32) == 627_568_395)
    #expect(random.integer(below: 1 << 33) == 3_905_736_219)
  }
}
