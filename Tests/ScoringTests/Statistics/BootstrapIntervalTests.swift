import Scoring
import TestSupport
import Testing

@Suite struct BootstrapIntervalTests {
  @Test(arguments: [1, 7, 40])
  func intervalsAreThoseOfNumPy(count: Int) throws {
    let answers = try StoredAnswers(ScoringFixture.path("statistics.answers.h5"))
    let values = try answers.all("bootstrap/\(count)/values")
    let expected = try answers.all("bootstrap/\(count)/interval")
    let found = [0.95, 0.8].flatMap { confidence -> [Double] in
      guard
        let interval = BootstrapInterval(
          ofMean: values, confidence: confidence, resamples: 500, seed: 9)
      else { return [] }
      return [interval.lower, interval.upper]
    }
    #expect(found.count == 4)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  /// Twice every value gives twice the interval, because the draws are the same.
  @Test func columnsSeeTheSameDraws() throws {
    let values = [1.0, 4, 2, 8, 5, 7]
    let single = try #require(BootstrapInterval(ofMean: values))
    let double = try #require(BootstrapInterval(ofMean: values.map { 2 * $0 }))
    #expect(double.lower == 2 * single.lower && double.upper == 2 * single.upper)
    #expect(single.lower < 4.5 && single.upper > 4.5)
    #expect(BootstrapInterval(ofMean: values, seed: 1) != single)
  }

  @Test func constantsAndNothing() {
    #expect(BootstrapInterval(ofMean: []) == nil)
    let point = BootstrapInterval(ofMean: [3, 3, 3], resamples: 10)
    #expect(point?.lower == 3 && point?.upper == 3)
  }
}
