import Scoring
import Testing

@Suite struct FaithfulnessCorrelationTests {
  @Test(arguments: FaithfulnessAnswers.networks)
  func valuesAreThoseOfQuantus(network: String) throws {
    try FaithfulnessAnswers.check("faithfulness-correlation", of: network)
  }

  /// In a linear model the score falls by exactly the sum of weight times input.
  @Test func isOneForTheRelevanceOfALinearModel() throws {
    var judged = JudgedMap(map: [2, -3, 0.5, 4, 1], input: [2, -1, 1, 2, -1], weights: [1, 3, 0.5, 2, -1])
    let found = try #require(try judged.score("faithfulness-correlation").value)
    #expect(abs(found - 1) < 1e-6)
    judged.map = judged.map.map { -$0 }
    let opposite = try #require(try judged.score("faithfulness-correlation").value)
    #expect(abs(opposite + 1) < 1e-6)
  }

  @Test func otherSeedsDrawOtherSubsets() throws {
    let judged = JudgedMap(map: [1, 2, 0, 4, 1], input: [2, -1, 1, 2, -1], weights: [1, 3, 0.5, 2, -1])
    let values = try [0, 1].map {
      try judged.score("faithfulness-correlation", ["runs": "5"], seed: $0).value
    }
    #expect(values[0] != values[1])
  }

  @Test func withoutDifferencesThereIsNoCorrelation() throws {
    var judged = JudgedMap(map: [1, 1, 1], input: [1, 2, 3], weights: [1, 1, 1])
    #expect(try judged.score("faithfulness-correlation").value == nil)
    judged = JudgedMap(map: [1, 2, 3], input: [1, 2, 3], weights: [1, 1, 1])
    #expect(
      try judged.score("faithfulness-correlation", ["size": "9"]).reason
        == "the map's sums over subsets of positions, or the falls of the score without them, are all equal")
  }
}
