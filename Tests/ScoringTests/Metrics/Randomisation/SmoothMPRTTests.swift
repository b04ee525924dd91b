import Scoring
import Testing

@Suite struct SmoothMPRTTests {
  @Test(arguments: RobustnessAnswers.networks, ["top-down", "bottom-up", "independent"])
  func valuesAreThoseOfTheFormula(network: String, order: String) throws {
    try RandomisationAnswers.check(
      "smooth-mprt", ["order": order, "samples": "6"], is: "smooth/\(order)", on: network,
      RandomisationAnswers.expectCurve)
  }

  /// One sample is the one without noise.
  @Test func withoutNoiseItIsThePlainTest() throws {
    let explanation = try JudgedNetwork(rank: 1).explanation()
    let plain = try ScoringFixture.score(
      "model-parameter-randomisation", ["order": "bottom-up"], of: explanation)
    #expect(try ScoringFixture.score("smooth-mprt", ["samples": "1"], of: explanation) == plain)
  }

  @Test func methodsThatIgnoreTheModelFail() throws {
    let score = try ScoringFixture.score(
      "smooth-mprt", ["samples": "4"], of: EdgeDetector.explanation(rank: 1))
    #expect(abs(try #require(score.value) - 1) < 1e-12)
  }
}
