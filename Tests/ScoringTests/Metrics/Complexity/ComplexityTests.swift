import Foundation
import Scoring
import Testing

@Suite struct ComplexityTests {
  /// .5 ln 2 + 2 * .25 ln 4 = 1.5 ln 2.
  @Test func entropyOfFourValues() throws {
    let found = try #require(try SparsenessTests.judged([0.5, -0.25, 0.25, 0]).score("complexity").value)
    #expect(abs(found - 1.039_720_770_839_918) < 1e-12)
  }

  @Test func extremes() throws {
    let even = try #require(try SparsenessTests.judged([-3, -3, -3, -3, -3]).score("complexity").value)
    #expect(abs(even - log(5)) < 1e-12)
    #expect(try SparsenessTests.judged([0, 7, 0, 0]).score("complexity").value == 0)
    #expect(
      try SparsenessTests.judged([0, 0]).score("complexity").reason == "the map has no value above zero")
  }

  @Test func valuesAreThoseOfQuantus() throws { try ComplexityAnswers.check("complexity") }
}
