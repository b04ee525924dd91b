import Explainers
import Networks
import Scoring
import TensorCore
import TestSupport
import Testing

@Suite struct ModelParameterRandomisationTests {
  @Test(arguments: RobustnessAnswers.networks, ["top-down", "bottom-up", "independent"])
  func valuesAreThoseOfTheFormula(network: String, order: String) throws {
    for similarity in MapSimilarity.allCases.map(\.rawValue) {
      // SSIM of an image runs over both axes, that of a signal over one.
      try RandomisationAnswers.check(
        "model-parameter-randomisation", ["order": order, "similarity": similarity],
        is: "mprt/\(order)/\(similarity)", on: network, RandomisationAnswers.expectCurve)
    }
  }

  /// What does not look at the model stays as it is; the gradient does not.
  @Test(arguments: [1, 2])
  func methodsThatIgnoreTheModelFail(rank: Int) throws {
    for order in LayerOrder.allCases.map(\.rawValue) {
      for similarity in MapSimilarity.allCases.map(\.rawValue) {
        let values = ["order": order, "similarity": similarity]
        let edges = try ScoringFixture.score(
          "model-parameter-randomisation", values, of: EdgeDetector.explanation(rank: rank))
        #expect(abs(try #require(edges.value) - 1) < 1e-12)
        #expect(edges.curve.count == 3)
        var judged = JudgedNetwork(rank: rank)
        judged.method = Gradient()
        let gradient = try ScoringFixture.score(
          "model-parameter-randomisation", values, of: judged.explanation())
        #expect(try #require(gradient.value) < 0.75)
      }
    }
  }

  /// With all layers drawn anew the way there does not count.
  @Test func allOrdersEndAtTheSameModel() throws {
    let explanation = try JudgedNetwork(rank: 1).explanation()
    let down = try ScoringFixture.score("model-parameter-randomisation", of: explanation)
    let up = try ScoringFixture.score(
      "model-parameter-randomisation", ["order": "bottom-up"], of: explanation)
    let single = try ScoringFixture.score(
      "model-parameter-randomisation", ["order": "independent"], of: explanation)
    #expect(down.curve.last == up.curve.last)
    #expect(down.curve.first == single.curve.last)
    #expect(up.curve.first == single.curve.first)
  }

  @Test func constantMapsHaveNoCorrelation() throws {
    let explanation = try JudgedNetwork(rank: 1).explanation { Tensor($0.shape, repeating: 2) }
    let score = try ScoringFixture.score("model-parameter-randomisation", of: explanation)
    #expect(score.reason == "the map is the same at all positions, or has too few of them to compare")
  }

  @Test func modelsWithoutTrainedLayersHaveNone() throws {
    var builder = ModelBuilder(name: "plain")
    let x = try builder.add(InputLayer(shape: [1, 8]), name: "x")
    try builder.add(ActivationLayer(.tanh), name: "tanh", after: [x])
    let model = try builder.model()
    let attribution = try model.explain(Tensor([1, 8], seed: 1), with: .gradient)
    let explanation = try ScoredExplanation(attribution, by: Gradient(), of: model)
    for id in ["model-parameter-randomisation", "smooth-mprt", "efficient-mprt"] {
      #expect(try ScoringFixture.score(id, of: explanation).reason == "the score depends on no trained layer")
    }
  }
}
