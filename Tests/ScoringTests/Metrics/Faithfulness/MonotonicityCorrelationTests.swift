import Scoring
import Testing

@Suite struct MonotonicityCorrelationTests {
  @Test(arguments: FaithfulnessAnswers.networks)
  func valuesAreThoseOfQuantus(network: String) throws {
    try FaithfulnessAnswers.check("monotonicity-correlation", of: network)
  }

  /// The score changes by 3 (1 - u), nothing and 1 - u: the ranks of the weights' magnitudes.
  @Test func ranksOfChangesAreCompared() throws {
    var judged = JudgedMap(map: [-3, 0, 1], input: [1, 0, 1], weights: [-3, 0, 1])
    #expect(try judged.score("monotonicity-correlation", ["samples": "50"]).value == 1)
    judged.map = [0, 3, 1]
    #expect(try judged.score("monotonicity-correlation", ["samples": "50"]).value == -1)
  }

  /// Ranks (1, 2, 3) of (-3, 0, 1) against (3, 1, 2): 1 - 6 (4 + 1 + 1) / (3 * 8).
  @Test func signsCanCount() throws {
    let judged = JudgedMap(map: [-3, 0, 1], input: [1, 0, 1], weights: [-3, 0, 1])
    let found = try #require(
      try judged.score("monotonicity-correlation", ["samples": "50", "form": "signed"]).value)
    #expect(abs(found + 0.5) < 1e-12)
  }

  @Test func inputsWithoutRangeDoNotChange() throws {
    let judged = JudgedMap(map: [3, 0, 1], input: [2, 2, 2], weights: [-3, 0, 1])
    #expect(
      try judged.score("monotonicity-correlation").reason
        == "the map's values, or the changes of the score, are all equal")
  }
}
