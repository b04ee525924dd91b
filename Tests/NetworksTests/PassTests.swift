import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct PassTests {
  @Test(arguments: 1...3, ScoreSpace.allCases)
  func gradientIsTheSlopeOfTheScore(rank: Int, space: ScoreSpace) throws {
    var network = TinyNetwork(rank: rank)
    network.activation = .tanh
    let model = try network.model()
    let (x, direction) = (network.input(), Tensor(network.inputShape, seed: 11))
    let target = Target(.index(1), in: space)
    let pass = try model.backward(from: target, at: x)
    #expect(pass.gradient.shape == x.shape)
    let along = (pass.gradient * direction).sum
    // A central difference; steps of 2^-9 leave the maxima of the pooling where they are.
    let h: Float = 1 / 512
    let ahead = try model.score(target, at: x + direction * h).scores[0]
    let behind = try model.score(target, at: x - direction * h).scores[0]
    let slope = (ahead - behind) / Double(2 * h)
    #expect(abs(along - slope) <= 1e-3 * max(abs(slope), 0.1))
  }

  @Test(arguments: ScoreSpace.allCases)
  func everyItemHasItsOwnTarget(space: ScoreSpace) throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let batch = Tensor(network.inputShape.with(batch: 12), seed: 5, from: -3, to: 3)
    let together = try model.backward(from: Target(.top, in: space), at: batch)
    #expect(Set(together.targets).count > 1)
    for item in 0..<12 {
      let alone = try model.backward(
        from: Target(.index(together.targets[item]), in: space), at: batch.item(item))
      #expect(alone.scores == [together.scores[item]])
      #expect(alone.gradient.bits == together.gradient.item(item).bits)
    }
  }

  @Test func gradientAtAnInnerNode() throws {
    let network = TinyNetwork(rank: 2)
    let model = try network.model()
    let dense = try model.node(named: "dense")
    let pass = try model.backward(from: .index(2), at: network.input(), to: dense)
    #expect(pass.gradient.values == [0, 0, 1])
    #expect(pass.value == (try model.trace([network.input()], for: [dense]))[dense])
    #expect(pass.scores == [Double(pass.value.values[2])])
    // The softmax lies behind the logits, on which the logit score does not depend.
    let softmax = try model.node(named: "softmax")
    let behind = try model.backward(from: .index(2), at: network.input(), to: softmax)
    #expect(behind.gradient.values == [0, 0, 0])
    #expect(behind.value == behind.output)
  }

  @Test(arguments: [-1, 3, Int.max])
  func refusesClassesThatAreNotThere(index: Int) throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let said = sentence { _ = try model.backward(from: .index(index), at: network.input()) }
    #expect(said == "the model has no class \(index); its 3 classes are 0 to 2")
  }

  @Test func refusesProbabilitiesOfModelsWithoutThem() throws {
    var network = TinyNetwork(rank: 1)
    network.endsInSoftmax = false
    let model = try network.model()
    let said = sentence { _ = try model.score(Target(.top, in: .probability), at: network.input()) }
    #expect(
      said
        == "the model has no probabilities, because its last layer 'dense' is neither softmax nor sigmoid; "
        + "ask for the score 'logit'")
  }

  @Test(
    arguments: [[1e30, 1], [1e30, -1e30]] as [[Float]],
    [IdentityLayer(), ActivationLayer(.relu())] as [any Layer])
  func refusesAnswersThatAreNotFinite(weights: [Float], after layer: any Layer) throws {
    var builder = ModelBuilder(name: "overflow")
    let input = try builder.add(InputLayer(shape: [1, 2]), name: "input")
    let large = try Convolution(weights: Tensor([2, 2], [1e30, 0, 0, 1e30]), window: Window(kernel: []))
    let first = try builder.add(ConvolutionLayer(large), name: "large", after: [input])
    // Infinity, or infinity minus infinity, which is not a number and which a ReLU must not turn into zero.
    let dense = try Convolution(weights: Tensor([2, 1], weights), window: Window(kernel: []))
    let sum = try builder.add(ConvolutionLayer(dense), name: "sum", after: [first])
    try builder.add(layer, name: "last", after: [sum])
    let model = try builder.model()
    let batch = Tensor([2, 2], [1e-30, 1e-30, 1e30, 1e30])
    let said = sentence { _ = try model.score(.topClass, at: batch) }
    #expect(said == "the model's answer to item 1 is not a finite number; check the scale of the input")
  }
}
