import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Models that start with indices: what Keras says flows back to the output of their embedding.
@Suite struct EmbeddingAnswersTests {
  static let fixtures = Fixture.all.filter { $0.model.hasPrefix("embedding-") }

  @Test(arguments: fixtures)
  func gradientAtTheEmbedding(of fixture: Fixture) throws {
    let model = try Model(keras: fixture.path)
    let answers = try StoredAnswers(Fixture.path(#require(fixture.answers)))
    let input = try answers.tensor("input")
    for (item, target) in try answers.integers("target").enumerated() {
      let inner = try #require(try model.fromEmbedding(of: input.item(item)))
      let pass = try inner.model.backward(from: .index(target), at: inner.input)
      var comparison = MapComparison()
      comparison.add(pass.gradient.values, try answers.row(item, of: "gradient-inside"))
      #expect(comparison.worst < 1e-5, "item \(item)")
      // The rest of the model answers as the whole does.
      #expect(try pass.scores == model.score(.index(target), at: input.item(item)).scores)
      // Batches of the embedding's values share the mask of the item.
      let pair = Tensor(joining: [inner.input, inner.input * 0.5])
      let both = try inner.model.score(.index(target), at: pair).scores
      #expect(both[0] == pass.scores[0] && both[1] != both[0])
    }
  }

  @Test func otherModelsStartAtTheirInput() throws {
    let model = try Model(keras: Fixture.path("sequence-lstm-k3.h5"))
    let inner = try model.fromEmbedding(of: Tensor(model.inputShape))
    #expect(inner == nil)
  }

  @Test func whatIsNoIndexIsNamed() throws {
    let model = try Model(keras: Fixture.path("embedding-mean-k3.h5"))
    let said = sentence { _ = try model.predict(Tensor(model.inputShape, repeating: 7)) }
    #expect(
      said
        == "layer 'embedding' cannot take what reaches it as its input: element 0 of an item is 7.0, where an "
        + "index, a whole number from 0 to 6, is needed")
  }
}
