import Scoring
import TestSupport
import Testing

@Suite struct HolmCorrectionTests {
  @Test func valuesAreThoseOfStatsmodels() throws {
    let answers = try StoredAnswers(ScoringFixture.path("statistics.answers.h5"))
    let found = try HolmCorrection.adjusted(answers.doubles(0, of: "holm"))
    #expect(try zip(found, answers.doubles(1, of: "holm")).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  /// 3 * .01, 2 * .04 and 1 * .03, which may not fall below the one before it.
  @Test func neverFallsBelowASmallerOne() {
    let found = HolmCorrection.adjusted([0.04, 0.01, 0.03])
    #expect(zip(found, [0.06, 0.03, 0.06]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(HolmCorrection.adjusted([0.7, 0.6]) == [1, 1])
    #expect(HolmCorrection.adjusted([]).isEmpty)
  }
}
