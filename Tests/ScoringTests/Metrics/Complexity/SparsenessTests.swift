import Scoring
import Testing

@Suite struct SparsenessTests {
  static func judged(_ map: [Float]) -> JudgedMap {
    JudgedMap(map: map, input: map.map { _ in 1 }, weights: map.map { _ in 1 })
  }

  /// (-3 * 0 - 1 * .25 + 1 * .25 + 3 * .5) / (4 * 1) = 1.5 / 4, whatever the signs and the unit.
  @Test func giniIndexOfFourValues() throws {
    #expect(try Self.judged([0.5, 0.25, 0.25, 0]).score("sparseness").value == 0.375)
    #expect(try Self.judged([-4, 2, 0, 2]).score("sparseness").value == 0.375)
  }

  @Test func extremes() throws {
    #expect(try Self.judged([2, 2, 2, 2]).score("sparseness").value == 0)
    #expect(try Self.judged([0, 7, 0, 0]).score("sparseness").value == 0.75)
    #expect(try Self.judged([0, 0]).score("sparseness").reason == "the map has no value above zero")
    #expect(try Self.judged([-1, -2]).score("sparseness", ["form": "positive"]).value == nil)
  }

  @Test func refusesSignedValues() throws {
    #expect(
      throws: ScoringError.badParameter(
        metric: "sparseness", name: "form", value: "signed", expected: "one of absolute, positive")
    ) {
      try MetricCatalog.metric(
        "sparseness", settings: MetricSettings(metric: "sparseness", values: ["form": "signed"]))
    }
  }

  @Test func valuesAreThoseOfQuantus() throws { try ComplexityAnswers.check("sparseness") }
}
