import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct ModelTailTests {
  /// x -> a -> b -> sum(b, a, c) -> relu -> mean -> dense -> softmax, with c beside it.
  private func residual() throws -> Model {
    var builder = ModelBuilder(name: "residual")
    let window = Window(kernel: [3], padding: .same)
    func convolution(_ seed: UInt32) throws -> ConvolutionLayer {
      ConvolutionLayer(try Convolution(weights: Tensor([3, 2, 2], seed: seed), window: window))
    }
    let x = try builder.add(InputLayer(shape: [1, 8, 2]), name: "x")
    let a = try builder.add(convolution(1), name: "a", after: [x])
    let b = try builder.add(convolution(2), name: "b", after: [a])
    let c = try builder.add(convolution(3), name: "c", after: [x])
    let sum = try builder.add(MergeLayer(.add), name: "sum", after: [b, a, c])
    let relu = try builder.add(ActivationLayer(.relu()), name: "relu", after: [sum])
    let mean = try builder.add(GlobalPoolingLayer(.average), name: "mean", after: [relu])
    let dense = try Convolution(weights: Tensor([2, 3], seed: 4), window: Window(kernel: []))
    let logits = try builder.add(ConvolutionLayer(dense), name: "dense", after: [mean])
    try builder.add(SoftmaxLayer(), name: "softmax", after: [logits])
    return try builder.model()
  }

  private let item = Tensor([1, 8, 2], seed: 9)

  @Test(arguments: ["x", "a", "b", "c", "sum", "relu", "mean", "dense"])
  func givesTheSameAnswer(node: String) throws {
    let model = try residual()
    let id = try model.node(named: node)
    let tail = try #require(try model.tail(behind: id, for: item))
    let value = try model.values(of: [id], at: [item])[0]
    #expect(try tail.predict(value).distance(to: model.predict(item)) < 1e-6)
    // In a batch every item finds the values beside the node.
    let batch = try tail.predict(Tensor(joining: [value, value]))
    #expect(batch.item(0).bits == batch.item(1).bits && batch.shape == [2, 3])
    let score = try model.score(Target(.index(1), in: .probability), at: item).scores[0]
    let found = try tail.score(Target(.index(1), in: .probability), at: value).scores[0]
    #expect(abs(found - score) < 1e-6)
  }

  @Test func gradientsAreThoseOfTheWholeModel() throws {
    let model = try residual()
    let a = try model.node(named: "a")
    let tail = try #require(try model.tail(behind: a, for: item))
    let whole = try model.backward(from: .index(2), at: item, to: a)
    #expect(try tail.backward(from: .index(2), at: whole.value).gradient.distance(to: whole.gradient) < 1e-6)
  }

  /// The score of a logit does not depend on what lies behind it.
  @Test func thereIsNoTailBehindTheLogits() throws {
    let model = try residual()
    #expect(try model.tail(behind: model.node(named: "softmax"), for: item) == nil)
  }
}
