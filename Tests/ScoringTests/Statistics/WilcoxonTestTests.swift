import Scoring
import TestSupport
import Testing

@Suite struct WilcoxonTestTests {
  @Test(arguments: ["exact-1", "exact-6", "exact-50", "normal-51", "ties-30", "large-200", "zeros-20"])
  func answersAreThoseOfSciPy(name: String) throws {
    let answers = try StoredAnswers(ScoringFixture.path("statistics.answers.h5"))
    let expected = try answers.all("wilcoxon/\(name)/answer")
    let test = try #require(
      WilcoxonTest(
        answers.doubles(0, of: "wilcoxon/\(name)/series"), answers.doubles(1, of: "wilcoxon/\(name)/series")))
    #expect(test.statistic == expected[0])
    #expect(abs(test.probability - expected[1]) < 1e-12 + 1e-10 * expected[1])
    #expect(test.method == (name.hasPrefix("exact") ? .exact : .normal))
  }

  /// Differences 1, 2, 3, 4, all positive: only one of 16 choices of signs, and its opposite, is as extreme.
  @Test func allInOneDirection() throws {
    let test = try #require(WilcoxonTest([2, 4, 6, 8], [1, 2, 3, 4]))
    #expect(test.positiveRanks == 10 && test.negativeRanks == 0 && test.pairs == 4)
    #expect(test.probability == 0.125)
  }

  @Test func equalSeriesHaveNoTest() { #expect(WilcoxonTest([1, 2], [1, 2]) == nil) }
}
