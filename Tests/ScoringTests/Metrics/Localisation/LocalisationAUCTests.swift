import Scoring
import Testing

@Suite struct LocalisationAUCTests {
  @Test(arguments: LocalisationAnswers.extents)
  func valuesAreThoseOfQuantus(extents: [Int]) throws {
    try LocalisationAnswers.check("localisation-auc", over: extents)
  }

  // Pairs of evidence (3, 1) and others (2, 1, 0): 3 is above all, 1 above one and equal to one. (3 + 1.5) / 6.
  @Test func isTheShareOfPairsInOrder() throws {
    var judged = JudgedMap(map: [3, 2, 1, 1, 0], input: [1, 1, 1, 1, 1], weights: [1, 1, 1, 1, 1])
    judged.evidence = [1, 0, 1, 0, 0]
    #expect(try judged.score("localisation-auc").value == 0.75)
  }

  @Test func constantMapsAreChance() throws {
    var judged = JudgedMap(map: [1, 1, 1], input: [1, 1, 1], weights: [1, 1, 1])
    judged.evidence = [1, 0, 0]
    #expect(try judged.score("localisation-auc").value == 0.5)
    judged.evidence = [1, 1, 1]
    #expect(try judged.score("localisation-auc").value == nil)
  }
}
