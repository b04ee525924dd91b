import Networks
import TensorCore
import TestSupport
import Testing

/// What is computed together gives what is computed node by node.
@Suite struct ExecutionPlanTests {
  private static let activations: [Activation] = [.relu(), .relu(maximum: 0.4), .relu(slope: 0.1), .tanh]

  @Test(arguments: 1...3, activations)
  func gradientsEqualThoseOfTheTrace(rank: Int, activation: Activation) throws {
    var network = TinyNetwork(rank: rank)
    network.activation = activation
    let model = try network.model()
    let input = Tensor(network.inputShape.with(batch: 3), seed: 5)
    for name in ["input", "conv", "conv-activation", "pool", "conv-2", "flatten"] {
      let node = try model.node(named: name)
      let pass = try model.backward(from: .index(1), at: input, to: node)
      let trace = try model.trace([input])
      let oneHot = Tensor([3, 3], [0, 1, 0, 0, 1, 0, 0, 1, 0])
      let expected = try trace.pullback(oneHot, from: model.head.logits, to: [node])[0]
      #expect(pass.value == trace[node], "\(name)")
      #expect(pass.gradient == expected, "\(name)")
      #expect(pass.output == trace[model.outputs[0]])
    }
  }

  /// A graph with everything that is computed together and everything that must not be: two readers of a rectified value, a
  /// normalisation behind a rectifier, a rectifier behind a sum.
  private func branched(extents: [Int]) throws -> Model {
    var builder = ModelBuilder(name: "branched")
    let input = try builder.add(
      InputLayer(shape: Shape(batch: 1, spatial: extents, channels: 3)), name: "input")
    func convolution(_ name: String, _ inputs: Int, _ outputs: Int, after node: Model.Node.ID) throws -> Int {
      let window = Window(kernel: extents.map { _ in 3 }, padding: .same)
      let weights = Tensor(
        Shape(window.kernel + [inputs, outputs]), seed: UInt32(node + 10), from: -0.4, to: 0.4)
      let layer = ConvolutionLayer(
        try Convolution(weights: weights, bias: Tensor([outputs], seed: 3), window: window))
      return try builder.add(layer, name: name, after: [node])
    }
    func normalization(_ name: String, _ channels: Int, after node: Model.Node.ID) throws -> Int {
      let scale = Tensor([channels], seed: 8, from: 0.5, to: 1.5).values
      let layer = NormalizationLayer(
        ChannelScaling(scale: scale, shift: Tensor([channels], seed: 9).values), parameterCount: 0)
      return try builder.add(layer, name: name, after: [node])
    }
    let relu = ActivationLayer(.relu())
    let first = try convolution("conv-1", 3, 6, after: input)
    let normalized = try normalization("norm-1", 6, after: first)
    let rectified = try builder.add(relu, name: "relu-1", after: [normalized])
    let left = try convolution("conv-2", 6, 6, after: rectified)
    let leftNormalized = try normalization("norm-2", 6, after: left)
    let sum = try builder.add(MergeLayer(.add), name: "add", after: [leftNormalized, rectified])
    let sumRectified = try builder.add(relu, name: "relu-2", after: [sum])
    let last = try normalization("norm-3", 6, after: sumRectified)
    let global = try builder.add(GlobalPoolingLayer(.average), name: "pool", after: [last])
    let dense = try Convolution(weights: Tensor([6, 4], seed: 20), window: Window(kernel: []))
    _ = try builder.add(ConvolutionLayer(dense), name: "dense", after: [global])
    return try builder.model()
  }

  @Test(arguments: [[24], [9, 10]])
  func foldedNormalizationsChangeOnlyTheRounding(extents: [Int]) throws {
    let model = try branched(extents: extents)
    let input = Tensor(model.inputShape.with(batch: 2), seed: 1)
    let trace = try model.trace([input])
    let oneHot = Tensor([2, 4], [0, 0, 1, 0, 0, 0, 1, 0])
    for name in ["input", "norm-1", "relu-1", "conv-2", "add", "relu-2", "norm-3"] {
      let node = try model.node(named: name)
      let pass = try model.backward(from: .index(2), at: input, to: node)
      let expected = try trace.pullback(oneHot, from: model.head.logits, to: [node])[0]
      #expect(
        (pass.gradient - expected).map { abs($0) }.maximum <= 2e-6 * expected.map { abs($0) }.maximum,
        "\(name)")
      #expect((pass.value - trace[node]).map { abs($0) }.maximum <= 1e-5, "\(name)")
    }
    #expect((try model.predict(input) - trace[model.outputs[0]]).map { abs($0) }.maximum <= 1e-5)
  }

  @Test func passesAfterTheFirstAskTheSystemForNoMemory() throws {
    let model = try branched(extents: [96, 96])
    let input = Tensor(model.inputShape, seed: 1)
    func pass() throws { _ = try model.backward(from: .topClass, at: input) }
    try pass()
    // Other tests take memory of their own; of several passes one has none in between.
    let asked = try (0..<50).map { _ in
      let before = MemoryPool.allocations
      try pass()
      return MemoryPool.allocations - before
    }
    #expect(asked.contains(0))
  }

  @Test func valuesThatNobodyReadsAnyMoreAreLetGo() throws {
    // Sizes that nothing else asks for, so that every piece of memory is a new one. Other tests take memory too: the least counts.
    let asked = try (0..<20).map { attempt in
      var builder = ModelBuilder(name: "chain")
      let length = 7001 + 16 * attempt
      var last = try builder.add(InputLayer(shape: [1, length, 1]), name: "input")
      for index in 0..<6 {
        last = try builder.add(ActivationLayer(.tanh), name: "\(index)", after: [last])
      }
      let model = try builder.model()
      let input = Tensor([1, length, 1], seed: 1)
      let before = MemoryPool.allocations
      _ = try model.predict(input)
      return MemoryPool.allocations - before
    }
    // The value that is read and the one that is made.
    #expect(asked.min() == 2)
  }

  /// Convolutions with rectifiers, each named by its input channels, a pooling and a head.
  private func chain(_ input: Shape, channels: [Int], largestWeight: Double) throws -> Model {
    var builder = ModelBuilder(name: "chain")
    var node = try builder.add(InputLayer(shape: input), name: "input")
    for (inputs, outputs) in zip([input.channels] + channels, channels) {
      let convolution = try Convolution(
        weights: Tensor([3, 3, inputs, outputs], seed: UInt32(inputs), from: -0.2, to: largestWeight),
        window: Window(kernel: [3, 3], padding: .same))
      node = try builder.add(ConvolutionLayer(convolution), name: "conv-\(inputs)", after: [node])
      node = try builder.add(ActivationLayer(.relu()), name: "relu-\(inputs)", after: [node])
    }
    let pooling = PoolingLayer(Pooling(.maximum, over: Window(kernel: [2, 2], stride: [2, 2])))
    node = try builder.add(pooling, name: "pool", after: [node])
    node = try builder.add(GlobalPoolingLayer(.average), name: "average", after: [node])
    let dense = try Convolution(
      weights: Tensor([channels[channels.count - 1], 2], seed: 7), window: Window(kernel: []))
    _ = try builder.add(ConvolutionLayer(dense), name: "dense", after: [node])
    return try builder.model()
  }

  /// Of equal values under a maximum the first receives the gradient, so in an even image the gradient of a network with windows of
  /// two repeats every second position: on the way forward nothing may be rounded differently at different positions.
  @Test func anEvenImageHasAnEvenGradient() throws {
    let model = try chain([1, 32, 32, 3], channels: [16, 32, 16], largestWeight: 0.3)
    let image = Tensor([1, 32, 32, 3], repeating: 0.7)
    let pass = try model.backward(from: .index(1), at: image)
    let summand = try model.backwardOfSummand(from: .index(1), at: image)
    for gradient in [pass.gradient, summand.gradients[0]] {
      let largest = gradient.values.reduce(0) { max($0, abs($1)) }
      #expect(largest > 0)
      for row in 8..<20 {
        for column in 8..<20 {
          let here = gradient[0, row, column, 0]
          #expect(abs(here - gradient[0, row + 2, column, 0]) < 1e-4 * largest)
          #expect(abs(here - gradient[0, row, column + 2, 0]) < 1e-4 * largest)
        }
      }
    }
    let answer = try model.predict(image).values
    #expect(zip(answer, pass.output.values).allSatisfy { abs($0 - $1) < 1e-5 * max(abs($1), 1) })
  }

  @Test func whatNobodyReadsBetweenIsComputedInBands() throws {
    let model = try chain([1, 96, 80, 3], channels: [24, 24], largestWeight: 0.2)
    let (logits, input) = (model.head.logits, model.inputs[0])
    #expect(model.bandedOperations(keeping: [logits]) == [3])
    let kept = try model.node(named: "relu-3")
    #expect(model.bandedOperations(keeping: [logits, kept]) == [2])
    // The way back to the input reads every value, that to the last map none before it.
    #expect(model.bandedOperations(keeping: [logits], gradientsAt: [input]) == [])
    let last = try model.node(named: "relu-24")
    #expect(model.bandedOperations(keeping: [logits], gradientsAt: [last]) == [2])

    let image = Tensor(model.inputShape.with(batch: 2), seed: 4)
    let trace = try model.trace([image])
    let expected = trace[model.outputs[0]].values
    #expect(
      zip(try model.predict(image).values, expected).allSatisfy { abs($0 - $1) < 1e-5 * max(abs($1), 1) })
    let pass = try model.backward(from: .index(1), at: image, to: last)
    #expect(pass.value == trace[last])
    let oneHot = Tensor([2, 2], [0, 1, 0, 1])
    #expect(try trace.pullback(oneHot, from: logits, to: [last])[0] == pass.gradient)
  }
}
