import Explainers
import Networks
import Scoring
import TensorCore
import TestSupport
import Testing

@Suite struct RandomLogitTests {
  @Test(arguments: RobustnessAnswers.networks)
  func valuesAreThoseOfScikitImage(network: String) throws {
    try RandomisationAnswers.check("random-logit", [:], is: "random-logit", on: network) {
      (score, expected) throws in
      #expect(abs(try #require(score.value) - expected[0]) < 1e-5)
    }
  }

  @Test func methodsThatIgnoreTheClassFail() throws {
    #expect(try ScoringFixture.score("random-logit", of: EdgeDetector.explanation(rank: 1)).value == 1)
  }

  /// The two classes of one sigmoid have opposite maps.
  @Test func theOtherOfTwoClassesIsTheOpposite() throws {
    var builder = ModelBuilder(name: "binary")
    let x = try builder.add(InputLayer(shape: [1, 4]), name: "x")
    let weights = Tensor([4, 1], [1, 2, -3, 4])
    let dense = ConvolutionLayer(try Convolution(weights: weights, window: Window(kernel: [])))
    let logit = try builder.add(dense, name: "dense", after: [x])
    try builder.add(ActivationLayer(.sigmoid), name: "sigmoid", after: [logit])
    let model = try builder.model()
    let attribution = try model.explain(Tensor([1, 4], seed: 3), with: .gradient)
    let explanation = try ScoredExplanation(attribution, by: Gradient(), of: model)
    let score = try ScoringFixture.score("random-logit", ["similarity": "pearson"], of: explanation)
    #expect(abs(try #require(score.value) + 1) < 1e-12)
    let contrasted = try model.explain(
      Tensor([1, 4], seed: 3), with: .gradient, for: Target(.index(1), versus: 0))
    let pair = try ScoredExplanation(contrasted, by: Gradient(), of: model)
    #expect(try ScoringFixture.score("random-logit", of: pair).reason == "the model has no other class")
  }
}
