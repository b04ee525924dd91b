import Scoring
import Testing

@Suite struct RelevanceRankTests {
  @Test(arguments: LocalisationAnswers.extents)
  func valuesAreThoseOfQuantus(extents: [Int]) throws {
    try LocalisationAnswers.check("relevance-rank", over: extents)
  }

  /// The three highest positions are 0, 1 and 2; 0 and 2 are evidence.
  @Test func isTheShareOfAsManyAsThereIsEvidence() throws {
    var judged = JudgedMap(map: [5, 4, 3, 2, -9], input: [1, 1, 1, 1, 1], weights: [1, 1, 1, 1, 1])
    judged.evidence = [1, 0, 1, 0, 1]
    #expect(try judged.score("relevance-rank").value == 2 / 3.0)
    judged.evidence = [1, 0, 0, 0, 1]
    #expect(try judged.score("relevance-rank", ["form": "absolute"]).value == 1)
  }

  /// Of equal values the lower index comes first.
  @Test func tiesGoToTheLowerIndex() throws {
    var judged = JudgedMap(map: [0, 1, 1, 1], input: [1, 1, 1, 1], weights: [1, 1, 1, 1])
    judged.evidence = [0, 1, 0, 0]
    #expect(try judged.score("relevance-rank").value == 1)
    judged.evidence = [0, 0, 0, 1]
    #expect(try judged.score("relevance-rank").value == 0)
  }
}
