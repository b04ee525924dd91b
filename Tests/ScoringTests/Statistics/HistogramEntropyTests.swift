import Foundation
import Scoring
import TestSupport
import Testing

@Suite struct HistogramEntropyTests {
  /// Random numbers, and rounded ones of which many lie on edges of bins.
  @Test func valuesAreThoseOfNumPyAndSciPy() throws {
    let answers = try StoredAnswers(ScoringFixture.path("randomisation.answers.h5"))
    for (row, expected) in try answers.doubles("histogram/entropy").enumerated() {
      let values = try answers.doubles(row, of: "histogram/values")
      #expect(abs(HistogramEntropy.nats(values, bins: 24) - expected) < 1e-12)
    }
  }

  /// Bins 0...1 and 1...2 of (0, 0.5, 1, 2): two values each, because 1 belongs to the upper one.
  @Test func edgesBelongToTheUpperBin() {
    #expect(abs(HistogramEntropy.nats([0, 0.5, 1, 2], bins: 2) - log(2)) < 1e-15)
    #expect(HistogramEntropy.nats([4, 4, 4], bins: 10) == 0)
    #expect(HistogramEntropy.nats([], bins: 10) == 0)
  }
}
