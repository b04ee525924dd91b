import Explainers
import Networks
import Scoring
import TensorCore
import TestSupport
import Testing

/// Models that start with an embedding of indices: noise and shifts act on the embedding's output, because indices have no neighbours.
@Suite struct EmbeddedIndicesTests {
  private func model() throws -> Model {
    var builder = ModelBuilder(name: "words")
    let window = Window(kernel: [3], padding: .same)
    let kernel = try Convolution(weights: Tensor([3, 3, 4], seed: 2), window: window)
    let dense = try Convolution(weights: Tensor([4, 3], seed: 3), window: Window(kernel: []))
    var last = try builder.add(InputLayer(shape: [1, 9]), name: "indices")
    last = try builder.add(
      EmbeddingLayer(Embedding(Tensor([5, 3], seed: 1))), name: "embedding", after: [last])
    last = try builder.add(ConvolutionLayer(kernel), name: "conv", after: [last])
    last = try builder.add(ActivationLayer(.tanh), name: "tanh", after: [last])
    last = try builder.add(GlobalPoolingLayer(.average), name: "mean", after: [last])
    last = try builder.add(ConvolutionLayer(dense), name: "dense", after: [last])
    try builder.add(SoftmaxLayer(), name: "softmax", after: [last])
    return try builder.model()
  }

  private let indices = Tensor([1, 9], [0, 4, 2, 2, 1, 3, 0, 1, 4])

  @Test(arguments: ["local-lipschitz", "max-sensitivity", "avg-sensitivity", "continuity"])
  func isJudgedBehindItsEmbedding(id: String) throws {
    let model = try model()
    let behind = try #require(try model.fromEmbedding(of: indices))
    let method = GradientTimesInput()
    let whole = try ScoredExplanation(model.explain(indices, with: method), by: method, of: model, seed: 2)
    let tail = try ScoredExplanation(
      behind.model.explain(behind.input, with: method), by: method, of: behind.model, seed: 2)
    let values = id == "continuity" ? ["steps": "5"] : ["samples": "5"]
    let found = try #require(try ScoringFixture.score(id, values, of: whole).value)
    let expected = try #require(try ScoringFixture.score(id, values, of: tail).value)
    #expect(found > 0 && abs(found - expected) < 1e-6 * expected)
  }

  /// The embedding is a trained layer, too.
  @Test func itsVectorsAreDrawnAnew() throws {
    let model = try model()
    #expect(model.trainedLayerNames == ["embedding", "conv", "dense"])
    let method = GradientTimesInput()
    let explanation = try ScoredExplanation(
      model.explain(indices, with: method), by: method, of: model, seed: 2)
    for (id, values) in [
      ("model-parameter-randomisation", [:]), ("smooth-mprt", ["samples": "3"]), ("efficient-mprt", [:]),
    ] {
      let score = try ScoringFixture.score(id, values, of: explanation)
      #expect(try #require(score.value) < 0.95)
      #expect(score.curve.count == (id == "efficient-mprt" ? 2 : 3))
    }
  }
}
