import Scoring
import Testing

@Suite struct EffectiveComplexityTests {
  @Test func countsWhatIsNotNegligible() throws {
    let judged = SparsenessTests.judged([1e6, -1, 20, 0])
    // Shares 1, 1e-6, 2e-5 and 0.
    #expect(try judged.score("effective-complexity").value == 2)
    #expect(try judged.score("effective-complexity", ["threshold": "0"]).value == 3)
    #expect(try judged.score("effective-complexity", ["threshold": "0", "form": "positive"]).value == 2)
    #expect(try judged.score("effective-complexity", ["threshold": "0.5"]).value == 1)
  }

  @Test func mapsOfZerosHaveNone() throws {
    let score = try SparsenessTests.judged([0, 0]).score("effective-complexity")
    #expect(score.reason == "the map has no value above zero")
  }

  @Test func thresholdsLieBelowOne() throws {
    #expect(
      throws: ScoringError.badParameter(
        metric: "effective-complexity", name: "threshold", value: "1",
        expected: "a number from 0 up to, but not including, 1")
    ) { try SparsenessTests.judged([1]).score("effective-complexity", ["threshold": "1"]) }
  }

  @Test func valuesAreThoseOfQuantus() throws { try ComplexityAnswers.check("effective-complexity") }
}
