import Scoring
import TensorCore
import Testing

@Suite struct EfficientMPRTTests {
  @Test(arguments: RobustnessAnswers.networks)
  func valuesAreThoseOfTheFormula(network: String) throws {
    try RandomisationAnswers.check("efficient-mprt", ["bins": "30"], is: "entropies", on: network) {
      (score, expected) throws in
      #expect(zip(score.curve, expected).allSatisfy { abs($0 - $1) < 1e-9 })
      #expect(abs(try #require(score.value) - (expected[1] - expected[0]) / expected[0]) < 1e-9)
    }
  }

  @Test func methodsThatIgnoreTheModelGainNothing() throws {
    #expect(try ScoringFixture.score("efficient-mprt", of: EdgeDetector.explanation(rank: 2)).value == 0)
  }

  @Test func constantMapsHaveNoEntropyToGrow() throws {
    let explanation = try JudgedNetwork(rank: 1).explanation { Tensor($0.shape, repeating: 2) }
    #expect(
      try ScoringFixture.score("efficient-mprt", of: explanation).reason
        == "the map is the same at all positions")
  }
}
