import Scoring
import Testing

@Suite struct RelevanceMassTests {
  @Test(arguments: LocalisationAnswers.extents)
  func valuesAreThoseOfQuantus(extents: [Int]) throws {
    try LocalisationAnswers.check("relevance-mass", over: extents)
  }

  // Positive part (0, 3, 1): three quarters lie at the evidence. By magnitude it is 3 of 8.
  @Test func isTheShareOfThePositivePart() throws {
    var judged = JudgedMap(map: [-4, 3, 1], input: [1, 1, 1], weights: [1, 1, 1])
    judged.evidence = [0, 1, 0]
    #expect(try judged.score("relevance-mass").value == 0.75)
    #expect(try judged.score("relevance-mass", ["form": "absolute"]).value == 0.375)
  }

  @Test func mapsWithoutPositiveValuesHaveNoShare() throws {
    var judged = JudgedMap(map: [-4, 0, -1], input: [1, 1, 1], weights: [1, 1, 1])
    judged.evidence = [0, 1, 0]
    #expect(try judged.score("relevance-mass").reason == "the map has no positive value")
    judged.map = [0, 0, 0]
    #expect(try judged.score("relevance-mass", ["form": "absolute"]).reason == "the map is zero everywhere")
  }
}
