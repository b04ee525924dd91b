import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct ModelReinitializationTests {
  /// What NumPy draws for layer `layer` of seed 5: `RandomState(RandomState(5).randint(0, 2**32, 3, dtype=uint32)[layer])`.
  private func stream(_ layer: Int) -> NumPyLegacyRandom {
    var seeds = NumPyLegacyRandom(seed: 5)
    for _ in 0..<layer { _ = seeds.nextWord() }
    return NumPyLegacyRandom(seed: seeds.nextWord())
  }

  private func kernel(_ model: Model, _ name: String) throws -> Convolution {
    let layer = try #require(model.nodes[model.node(named: name)].layer as? ConvolutionLayer)
    return layer.convolution
  }

  @Test func drawsOnlyTheLayersThatAreNamed() throws {
    let model = try TinyNetwork(rank: 1).model()
    #expect(model.trainedLayerNames == ["conv", "conv-2", "dense"])
    let other = try model.reinitialized(["conv-2"], seed: 5)
    #expect(try kernel(other, "conv").weights == kernel(model, "conv").weights)
    #expect(try kernel(other, "dense").bias == kernel(model, "dense").bias)
    let (old, new) = (try kernel(model, "conv-2"), try kernel(other, "conv-2"))
    var random = stream(1)
    for (before, after) in [(old.weights, new.weights), (old.bias, new.bias)] {
      let (before, after) = (try #require(before).values, try #require(after).values)
      let scale = (before.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(before.count)).squareRoot()
      #expect(after == before.map { _ in Float(scale * random.standardNormal()) })
    }
    // The model itself is a value, and stays.
    #expect(
      try model.predict(TinyNetwork(rank: 1).input())
        == TinyNetwork(rank: 1).model().predict(TinyNetwork(rank: 1).input()))
  }

  /// A layer gets the same numbers whatever else is drawn, and with axes of extent one in front.
  @Test func doesNotDependOnOtherLayersOrAxes() throws {
    var network = TinyNetwork(rank: 1)
    let model = try network.model()
    let all = try model.reinitialized(Set(model.trainedLayerNames), seed: 5)
    let one = try model.reinitialized(["conv-2"], seed: 5)
    #expect(try kernel(all, "conv-2").weights == kernel(one, "conv-2").weights)
    network.leadingAxes = 1
    let embedded = try network.model().reinitialized(Set(model.trainedLayerNames), seed: 5)
    #expect(try kernel(embedded, "conv").weights.values == kernel(all, "conv").weights.values)
    #expect(
      try kernel(all, "dense").weights != kernel(model.reinitialized(["dense"], seed: 6), "dense").weights)
  }

  @Test func refusesUnknownLayers() throws {
    let model = try TinyNetwork(rank: 1).model()
    #expect(
      sentence { _ = try model.reinitialized(["softmax"], seed: 0) }
        == "the model has no layer 'softmax'; its layers are conv, conv-2, dense")
  }

  /// A dense layer used twice: both uses change, and are one layer.
  @Test func usesOfALayerChangeTogether() throws {
    var builder = ModelBuilder(name: "twice")
    func dense(_ seed: UInt32) throws -> ConvolutionLayer {
      ConvolutionLayer(try Convolution(weights: Tensor([3, 3], seed: seed), window: Window(kernel: [])))
    }
    let x = try builder.add(InputLayer(shape: [1, 3]), name: "x")
    let first = try builder.add(dense(1), name: "a", after: [x])
    let between = try builder.add(dense(2), name: "b", after: [first])
    try builder.add(dense(1), name: "a/2", isShared: true, after: [between])
    let model = try builder.model()
    #expect(model.trainedLayerNames == ["a", "b"])
    let other = try model.reinitialized(["a"], seed: 3)
    #expect(try kernel(other, "a").weights == kernel(other, "a/2").weights)
    #expect(try kernel(other, "a").weights != kernel(model, "a").weights)
    #expect(try kernel(other, "b").weights == kernel(model, "b").weights)
  }

  private struct Opaque: Layer {
    var role: LayerRole { .dense }
    var parameterCount: Int { 1 }
    func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }
    func forward(_ inputs: [Tensor]) -> Tensor { inputs[0] }
    func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [cotangent] }
  }

  @Test func namesLayersThatCannotBeDrawn() throws {
    var builder = ModelBuilder(name: "opaque")
    let x = try builder.add(InputLayer(shape: [1, 3]), name: "x")
    try builder.add(Opaque(), name: "strange", after: [x])
    let model = try builder.model()
    #expect(
      sentence { _ = try model.reinitialized(["strange"], seed: 0) }
        == "the trained numbers of layer 'strange' cannot be drawn anew; leave out what needs models with random weights"
    )
    #expect(ModelError.parametersNotReplaceable(layer: "a").failureClass == .usage)
  }
}
