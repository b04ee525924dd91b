import Scoring
import Testing

@Suite struct AverageGainTests {
  /// Keeping x0 alone raises the logit from 1 to 2: the gain is (s(2) - s(1)) / (1 - s(1)).
  @Test func isTheWonShareOfTheMissingConfidence() throws {
    let judged = JudgedMap(map: [3, 2, 1, 0], input: [2, -1, 5, 5], weights: [1, 1, 0, 0])
    let found = try #require(
      try judged.score("average-gain", ["fraction": "0.25", "precision": "float64"]).value)
    let expected = (logistic(2) - logistic(1)) / (1 - logistic(1))
    #expect(abs(found - expected) < 1e-6)
  }

  @Test func isZeroWhenConfidenceIsLost() throws {
    let judged = JudgedMap(map: [2, 3, 1, 0], input: [2, -1, 5, 5], weights: [1, 1, 0, 0])
    #expect(try judged.score("average-gain", ["fraction": "0.25"]).value == 0)
  }
}
