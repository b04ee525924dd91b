import Scoring
import Testing

@Suite struct AttributionLocalisationTests {
  @Test(arguments: LocalisationAnswers.extents)
  func valuesAreThoseOfQuantus(extents: [Int]) throws {
    try LocalisationAnswers.check("attribution-localisation", over: extents)
  }

  // Positive part (0, 3, 1): three quarters lie at the evidence. By magnitude it is 3 of 8.
  @Test func isTheShareOfThePositivePart() throws {
    var judged = JudgedMap(map: [-4, 3, 1], input: [1, 1, 1], weights: [1, 1, 1])
    judged.evidence = [0, 1, 0]
    #expect(try judged.score("attribution-localisation").value == 0.75)
    #expect(try judged.score("attribution-localisation", ["form": "absolute"]).value == 0.375)
  }

  @Test func mapsWithoutPositiveValuesHaveNoShare() throws {
    var judged = JudgedMap(map: [-4, 0, -1], input: [1, 1, 1], weights: [1, 1, 1])
    judged.evidence = [0, 1, 0]
    #expect(try judged.score("attribution-localisation").reason == "the map has no positive value")
    judged.map = [0, 0, 0]
    #expect(
      try judged.score("attribution-localisation", ["form": "absolute"]).reason
        == "the map is zero everywhere")
  }

  /// One of three positions is evidence: 0.75 * 3.
  @Test func weightedByTheSizeOfTheEvidence() throws {
    var judged = JudgedMap(map: [-4, 3, 1], input: [1, 1, 1], weights: [1, 1, 1])
    judged.evidence = [0, 1, 0]
    #expect(try judged.score("attribution-localisation", ["weighted": "true"]).value == 2.25)
    judged.map = [1, 1, 1]
    let even = try #require(try judged.score("attribution-localisation", ["weighted": "true"]).value)
    #expect(abs(even - 1) < 1e-12)
  }
}
