import Scoring
import Testing

@Suite struct FaithfulnessEstimateTests {
  @Test(arguments: FaithfulnessAnswers.networks)
  func valuesAreThoseOfQuantus(network: String) throws {
    try FaithfulnessAnswers.check("faithfulness-estimate", of: network)
  }

  /// Values (3, 2, 1) and falls (3, -1, 2): deviations (1, 0, -1) and (5, -7, 2) / 3, so r = 1 / sqrt(2 * 78 / 9).
  @Test func correlatesValuesWithFalls() throws {
    let judged = JudgedMap(map: [1, 2, 3], input: [2, -1, 3], weights: [1, 1, 1])
    let found = try #require(try judged.score("faithfulness-estimate").value)
    let expected = 1 / (2 * 78 / 9.0).squareRoot()
    #expect(abs(found - expected) < 1e-6)
  }

  /// Steps of two: (4 + 3, 2 + 1) with falls (4 + 1, 2 + 3) are equal in the falls, so there is nothing to correlate.
  @Test func stepsAreHiddenTogetherAndAlone() throws {
    let judged = JudgedMap(map: [4, 3, 2, 1], input: [4, 1, 2, 3], weights: [1, 1, 1, 1])
    #expect(try judged.score("faithfulness-estimate", ["step": "2"]).value == nil)
    #expect(try judged.score("faithfulness-estimate", ["step": "3"]).value == 1)
  }
}
