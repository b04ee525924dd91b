import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct GradCAMTests {
  private let chosen = ChosenGradients()

  private func expectClose(_ found: Tensor, _ expected: [Float]) {
    for (value, right) in zip(found.values, expected) { #expect(abs(value - right) < 1e-6) }
  }

  @Test func workedExample() throws {
    // Means of the gradient: w1 = .4/4 = .1, w2 = .4/4 = .1; map = .1 A1 + .1 A2 = [[.1, .3], [.2, .2]].
    let found = try chosen.model().explain(chosen.input, with: .gradCAM())
    expectClose(found.map, [0.1, 0.3, 0.2, 0.2])
    #expect(found.map.shape == [1, 2, 2, 1])
    #expect(found.layer == "conv" && found.preset == .nonNegative)
    #expect(found.completenessGap == nil && found.baselineScore == nil)
    #expect(
      found.parameters == [.init("layer", "conv"), .init("upsample", "bilinear"), .init("relu", "true")])
  }

  @Test func reshapedInputsHaveAMapOverTheirElements() throws {
    // The map of the worked example, for each of the two channels of a position.
    let found = try chosen.model(rows: true).explain(
      chosen.input.reshaped(to: [1, 2, 4]), with: .gradCAM())
    expectClose(found.map, [0.1, 0.1, 0.3, 0.3, 0.2, 0.2, 0.2, 0.2])
    #expect(found.map.shape == [1, 2, 4] && found.layerMap?.shape == [1, 2, 2, 1])
  }

  @Test func weightedSumIsTakenIn64Bits() {
    // 2^24 + 1 - 2^24 is 0 in 32 bits.
    let maps = Tensor([1, 1, 3], [16_777_216, 1, 16_777_216])
    #expect(maps.weightedSum(by: [1, 1, -1]).values == [1])
  }

  @Test func negativeMapsAreKeptOnlyInTheLayerMap() throws {
    let model = try ChosenGradients(gradient: chosen.gradient.map { -$0 }).model()
    let rectified = try model.explain(chosen.input, with: .gradCAM())
    #expect(rectified.map.values == [0, 0, 0, 0])
    expectClose(try #require(rectified.layerMap), [-0.1, -0.3, -0.2, -0.2])
    let signed = try model.explain(chosen.input, with: .gradCAM(isRectified: false))
    expectClose(signed.map, [-0.1, -0.3, -0.2, -0.2])
    #expect(signed.preset == .signed && signed.layerMap == signed.map)
  }

  @Test func rectifiesAtTheLayerAndThenResizes() throws {
    var network = TinyNetwork(rank: 1)
    network.seed = 3
    let model = try network.model()
    let found = try model.explain(network.input(), with: .gradCAM(at: "pool"))
    let layerMap = try #require(found.layerMap)
    #expect(layerMap.shape == [1, 6, 1] && found.map.shape == [1, 12, 1])
    #expect(layerMap.minimum < 0 && layerMap.maximum > 0)
    #expect(found.map == layerMap.map { max($0, 0) }.resized(to: [12]))
  }

  /// What comes after the convolution of a network, and where Grad-CAM attaches.
  struct Ending: CustomTestStringConvertible {
    var testDescription: String
    var layers: [any Layer]
    var attaches: String
  }

  static let endings: [Ending] = [
    Ending(testDescription: "convolution", layers: [], attaches: "conv"),
    Ending(testDescription: "ReLU", layers: [ActivationLayer(.relu())], attaches: "0"),
    Ending(
      testDescription: "normalisation, ReLU, dropout",
      layers: [
        NormalizationLayer(ChannelScaling(scale: [1, 1], shift: [0, 0]), parameterCount: 8),
        ActivationLayer(.relu()), IdentityLayer(),
      ], attaches: "2"),
    Ending(
      testDescription: "pooling", layers: [PoolingLayer(Pooling(.maximum, over: Window(kernel: [2])))],
      attaches: "conv"),
    Ending(
      testDescription: "ReLU, pooling, ReLU",
      layers: [
        ActivationLayer(.relu()), PoolingLayer(Pooling(.average, over: Window(kernel: [2]))),
        ActivationLayer(.relu()),
      ], attaches: "0"),
    Ending(testDescription: "softmax of every position", layers: [SoftmaxLayer()], attaches: "conv"),
  ]

  /// Input, convolution of two channels, the layers, flatten.
  private func model(_ layers: [any Layer]) throws -> Model {
    var builder = ModelBuilder(name: "ending")
    let convolution = try Convolution(
      weights: Tensor([3, 2, 2], seed: 1), window: Window(kernel: [3], padding: .same))
    var last = try builder.add(InputLayer(shape: [1, 8, 2]), name: "input")
    last = try builder.add(ConvolutionLayer(convolution), name: "conv", after: [last])
    for (index, layer) in layers.enumerated() {
      last = try builder.add(layer, name: "\(index)", after: [last])
    }
    try builder.add(FlattenLayer(), name: "flatten", after: [last])
    return try builder.model()
  }

  @Test(arguments: endings)
  func attachesByDefault(to ending: Ending) throws {
    let model = try model(ending.layers)
    let found = try model.explain(Tensor([1, 8, 2], seed: 2), with: .gradCAM())
    #expect(found.layer == ending.attaches)
    #expect(model.defaultFeatureMaps == (try model.node(named: ending.attaches)))
  }

  @Test func attachesBehindAResidualAddition() throws {
    var builder = ModelBuilder(name: "residual")
    let same = Window(kernel: [3], padding: .same)
    let input = try builder.add(InputLayer(shape: [1, 8, 2]), name: "input")
    let first = try Convolution(weights: Tensor([3, 2, 2], seed: 1), window: same)
    let second = try Convolution(weights: Tensor([3, 2, 2], seed: 2), window: same)
    let a = try builder.add(ConvolutionLayer(first), name: "a", after: [input])
    let b = try builder.add(ConvolutionLayer(second), name: "b", after: [a])
    let sum = try builder.add(MergeLayer(.add), name: "sum", after: [a, b])
    let relu = try builder.add(ActivationLayer(.relu()), name: "relu", after: [sum])
    try builder.add(FlattenLayer(), name: "flatten", after: [relu])
    let model = try builder.model()
    #expect(try model.explain(Tensor([1, 8, 2], seed: 3), with: .gradCAM()).layer == "relu")
    // A convolution that two layers read stands for itself.
    var fork = builder
    try fork.add(MergeLayer(.add), name: "again", after: [relu, b])
    #expect(try fork.model().defaultFeatureMaps == b)
  }

  @Test func runsBackwardOnlyBehindTheLayer() throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 2)
    network.probe = probe
    _ = try network.model().explain(network.input(), with: .gradCAM())
    #expect(probe.counts.forward == 1 && probe.counts.pullback == 0)
  }

  @Test(arguments: ["dense", "flatten", "softmax"])
  func refusesLayersWithoutPositions(layer: String) throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let shape = layer == "flatten" ? "25" : "3"
    #expect(
      sentence { _ = try model.explain(network.input(), with: .gradCAM(at: layer)) }
        == "'grad-cam' needs a layer with feature maps over the positions of the input, but the output of layer "
        + "'\(layer)' has shape \(shape); name a convolution or pooling layer")
  }

  @Test func refusesModelsWithoutConvolutions() throws {
    var builder = ModelBuilder(name: "dense only")
    let input = try builder.add(InputLayer(shape: [1, 4]), name: "input")
    try builder.add(ActivationLayer(.relu()), name: "relu", after: [input])
    let model = try builder.model()
    #expect(
      sentence { _ = try model.explain(Tensor([1, 4]), with: .gradCAM()) }
        == "the model has no convolution that 'grad-cam' could attach to; use 'gradient' or 'integrated-gradients'"
    )
  }
}
