import Scoring
import TestSupport
import Testing

@Suite struct StructuralSimilarityTests {
  @Test(arguments: [[7], [30], [9, 8], [8, 7, 9]])
  func valuesAreThoseOfScikitImage(extents: [Int]) throws {
    let answers = try StoredAnswers(ScoringFixture.path("randomisation.answers.h5"))
    let name = "ssim/" + extents.map(String.init).joined(separator: "x")
    let maps = try [answers.doubles(0, of: "\(name)/maps"), answers.doubles(1, of: "\(name)/maps")]
    let expected = try answers.doubles("\(name)/value")[0]
    let found = try #require(StructuralSimilarity.mean(maps[0], maps[1], extents: extents))
    #expect(abs(found - expected) < 1e-12)
    // The unit does not count.
    let large = try #require(
      StructuralSimilarity.mean(maps[0].map { $0 * 1e200 }, maps[1].map { $0 * 1e200 }, extents: extents))
    #expect(abs(large - expected) < 1e-12)
    #expect(abs(try #require(StructuralSimilarity.mean(maps[0], maps[0], extents: extents)) - 1) < 1e-12)
  }

  @Test func smallMaps() {
    #expect(StructuralSimilarity.mean([1, 2], [2, 1], extents: [2]) == nil)
    #expect(StructuralSimilarity.mean([3, 3, 3], [3, 3, 3], extents: [3]) == 1)
    // One window of three: means 2, variances 1, covariance -1; range 2, C1 = 0.0004, C2 = 0.0036.
    let opposite = StructuralSimilarity.mean([1, 2, 3], [3, 2, 1], extents: [3]) ?? 0
    #expect(abs(opposite - (-2 + 0.0036) / (2 + 0.0036)) < 1e-12)
  }
}
