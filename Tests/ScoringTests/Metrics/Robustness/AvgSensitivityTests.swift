import Scoring
import Testing

@Suite struct AvgSensitivityTests {
  @Test(arguments: RobustnessAnswers.networks)
  func valuesAreThoseOfQuantus(network: String) throws {
    try RobustnessAnswers.check("avg-sensitivity", ["samples": "20"], is: "avg-sensitivity", on: network)
  }

  /// The map (3, 4) of length 5 becomes the gradient (3, 16) in every sample.
  @Test func isTheMeanShareOfTheMapsLength() throws {
    let judged = JudgedMap(map: [3, 4], input: [1, 1], weights: [3, 16])
    let found = try #require(try judged.score("avg-sensitivity", ["samples": "7"]).value)
    #expect(abs(found - 2.4) < 1e-12)
  }
}
