import Foundation
import Scoring
import TestSupport
import Testing

/// Against NumPy and SciPy (`Scripts/make-statistics-answers.py`).
@Suite struct EvaluationStatisticsTests {
  static func answers() throws -> StoredAnswers {
    try StoredAnswers(try #require(Bundle.module.path(forResource: "Resources/statistics", ofType: "h5")))
  }

  @Test(arguments: [0, 7] as [UInt32])
  func bootstrapDrawsAsNumPy(seed: UInt32) throws {
    let answers = try Self.answers()
    let expected = try answers.doubles("bootstrap/\(seed)/answer")
    let found = try #require(
      BootstrapInterval(of: answers.doubles("bootstrap/\(seed)/values"), seed: seed))
    let numbers = [found.mean, try #require(found.standardError), found.low, found.high]
    #expect(zip(numbers, expected).filter { abs($0 - $1) > 1e-12 }.isEmpty)
  }

  @Test func bootstrapOfOneValueIsThatValue() throws {
    let found = try #require(BootstrapInterval(of: [0.25]))
    #expect(found.mean == 0.25 && found.low == 0.25 && found.high == 0.25)
    #expect(found.standardError == nil)
    #expect(BootstrapInterval(of: []) == nil)
  }

  @Test(arguments: ["exact", "exact-50", "large", "ties", "ties-without-zeros"])
  func wilcoxonIsThatOfSciPy(name: String) throws {
    let answers = try Self.answers()
    let expected = try answers.doubles("wilcoxon/\(name)/answer")
    let found = try #require(WilcoxonTest(of: answers.doubles("wilcoxon/\(name)/differences")))
    #expect(abs(found.statistic - expected[0]) < 1e-9)
    #expect(abs(found.p - expected[1]) <= 1e-10 * max(expected[1], 1e-3))
  }

  /// Three positive differences: of the 8 assignments of signs one gives the sum 0, so p is 2/8.
  @Test func wilcoxonByHand() throws {
    let found = try #require(WilcoxonTest(of: [1, 2, 3]))
    #expect(found.statistic == 0)
    #expect(found.p == 0.25)
    #expect(WilcoxonTest(of: [0, 0]) == nil)
  }

  /// .01 times 4; then max(.04, .02 x 3); .03 x 2 is .06 as well; .5 stays.
  @Test func holmByHand() {
    let found = HolmCorrection.corrected([0.03, 0.01, 0.5, 0.02])
    let expected = [0.06, 0.04, 0.5, 0.06]
    #expect(zip(found, expected).filter { abs($0 - $1) > 1e-15 }.isEmpty)
    #expect(HolmCorrection.corrected([0.9, 0.8]) == [1, 1])
  }
}
