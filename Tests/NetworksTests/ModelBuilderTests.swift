import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct ModelBuilderTests {
  private func dense(_ inputs: Int, _ outputs: Int) throws -> ConvolutionLayer {
    ConvolutionLayer(try Convolution(weights: Tensor([inputs, outputs]), window: Window(kernel: [])))
  }

  @Test func namesNodesAndCountsParameters() throws {
    let network = TinyNetwork(rank: 2)
    let model = try network.model()
    #expect(
      model.layerNames == [
        "input", "conv", "conv-activation", "pool", "conv-2", "conv-2-activation", "flatten", "dense",
        "softmax",
      ])
    #expect(model.inputShape == [1, 12, 6, 2])
    #expect(model.outputShape == [1, 3])
    // 3x3 kernels from 2 to 4 channels, 2x2 from 4 to 5; 12x6 -> 6x3 -> 5x2 positions of 5 channels to 3 classes.
    #expect(model.parameterCount == (3 * 3 * 2 * 4 + 4) + (2 * 2 * 4 * 5 + 5) + (5 * 2 * 5 * 3 + 3))
    // Floats per item: input 144, convolution and activation 288 each, pool 72, twice 50, flatten 50, dense and softmax 3.
    #expect(model.activationBytes == 4 * (144 + 2 * 288 + 72 + 2 * 50 + 50 + 2 * 3))
  }

  @Test func findsNodesByName() throws {
    let model = try TinyNetwork(rank: 1).model()
    let pool = try model.node(named: "pool")
    #expect(model.nodes[pool].layer.role == .maximumPooling)
    #expect(model.readers(of: pool) == [pool + 1])
    let said = sentence { _ = try model.node(named: "conv1d") }
    #expect(
      said == "the model has no layer 'conv1d'; its layers are input, conv, conv-activation, pool, conv-2, "
        + "conv-2-activation, flatten, dense, softmax")
  }

  @Test func refusesTwoLayersOfOneName() throws {
    var builder = ModelBuilder(name: "twins")
    let input = try builder.add(InputLayer(shape: [1, 4, 1]), name: "a")
    let said = sentence { try builder.add(FlattenLayer(), name: "a", after: [input]) }
    #expect(said == "two layers have the name 'a'; every layer needs a name of its own")
  }

  @Test func refusesLayersThatDoNotFit() throws {
    var builder = ModelBuilder(name: "misfit")
    let input = try builder.add(InputLayer(shape: [1, 4, 3]), name: "input")
    let wrong = try dense(2, 5)
    let said = sentence { try builder.add(wrong, name: "logits", layerName: "dense", after: [input]) }
    #expect(
      said
        == "layer 'dense' cannot take 4x3 as its input: the operation takes 2 channels, but its input has 3")
    let small = try dense(3, 2)
    let other = try builder.add(small, name: "small", after: [input])
    let sum = sentence { try builder.add(MergeLayer(.add), name: "add", after: [input, other]) }
    #expect(
      sum == "layer 'add' cannot take 4x3 and 4x2 as its input: the sum cannot take items of 4x3 and 4x2")
  }

  @Test(arguments: [[1, 1 << 31, 1], [1, 1 << 31, 1 << 31, 1 << 31, 1]])
  func refusesLayersBeyondMemory(shape: [Int]) throws {
    var builder = ModelBuilder(name: "bomb")
    let said = sentence { try builder.add(InputLayer(shape: Shape(shape)), name: "input") }
    #expect(
      said
        == "layer 'input' would have \(shape.dropFirst().map(String.init).joined(separator: "x")) values per item, "
        + "more than the 1073741824 that are accepted")
  }

  @Test func refusesModelsWithoutLayers() throws {
    #expect(
      sentence { _ = try ModelBuilder(name: "").model() } == "the model has no input or no layer behind it")
    var builder = ModelBuilder(name: "only an input")
    try builder.add(InputLayer(shape: [1, 4, 1]), name: "input")
    #expect(sentence { _ = try builder.model() } == "the model has no input or no layer behind it")
  }

  @Test func classesOfFailure() {
    #expect(ModelError.empty.failureClass == .badData)
    #expect(ModelError.noSuchClass(index: 7, classes: 3).failureClass == .usage)
    #expect(ModelError.unknownLayer(name: "a", available: []).failureClass == .usage)
    #expect(ModelError.noProbabilities(lastLayer: "a").failureClass == .usage)
  }
}
