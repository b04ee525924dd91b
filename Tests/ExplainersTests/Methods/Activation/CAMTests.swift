import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct CAMTests {
  /// Two feature maps of three positions, their means, and a dense layer with weights (2, -1) for class 0 and (0, 3) for class 1.
  private func model(_ layers: [(String, any Layer)] = []) throws -> Model {
    var builder = ModelBuilder(name: "global mean")
    let identity = try Convolution(weights: Tensor([1, 2, 2], [1, 0, 0, 1]), window: Window(kernel: [1]))
    let dense = try Convolution(
      weights: Tensor([2, 2], [2, 0, -1, 3]), bias: Tensor([2], [0.5, -0.5]), window: Window(kernel: []))
    var last = try builder.add(InputLayer(shape: [1, 3, 2]), name: "input")
    last = try builder.add(ConvolutionLayer(identity), name: "conv", after: [last])
    for (name, layer) in layers { last = try builder.add(layer, name: name, after: [last]) }
    last = try builder.add(ConvolutionLayer(dense), name: "dense", after: [last])
    try builder.add(SoftmaxLayer(), name: "softmax", after: [last])
    return try builder.model()
  }

  private let item = Tensor([1, 3, 2], [1, 0, 3, 1, 2, 2])

  @Test(arguments: ScoreSpace.allCases)
  func byHand(space: ScoreSpace) throws {
    let model = try model([("mean", GlobalPoolingLayer(.average))])
    // 2 (1, 3, 2) - (0, 1, 2) and 3 (0, 1, 2); their means are 3 and 3, the logits without the biases.
    let first = try model.explain(item, with: .cam(), for: Target(.index(0), in: space))
    #expect(first.map.values == [2, 5, 2] && first.layer == "conv" && first.preset == .signed)
    let second = try model.explain(item, with: .cam(), for: Target(.index(1), in: space))
    #expect(second.map.values == [0, 3, 6])
    let logit = try model.explain(item, with: .cam(), for: .index(0)).score
    #expect(abs(first.map.sum / 3 + 0.5 - logit) < 1e-6)
  }

  /// Means in other words.
  @Test(
    arguments: [
      [("mean", GlobalPoolingLayer(.average, keepsAxes: true)), ("flatten", FlattenLayer())],
      [("mean", ReductionLayer(.mean, over: [1], keepsAxes: false)), ("dropout", IdentityLayer())],
      [
        ("mean", PoolingLayer(Pooling(.average, over: Window(kernel: [3])))),
        ("shape", ReshapeLayer(to: [2])),
      ],
    ] as [[(String, any Layer)]])
  func otherMeans(layers: [(String, any Layer)]) throws {
    let found = try model(layers).explain(item, with: .cam(), for: .index(0))
    #expect(found.map.values == [2, 5, 2])
  }

  /// Grad-CAM's weights are the derivatives of the means, that is the weights divided by the number of positions.
  @Test(arguments: 1...3)
  func isGradCAMTimesThePositions(rank: Int) throws {
    var network = TinyNetwork(rank: rank)
    network.endsInGlobalMean = true
    let model = try network.model()
    let found = try model.explain(network.input(), with: .cam())
    let gradCAM = try model.explain(network.input(), with: .gradCAM(isRectified: false))
    #expect(found.layer == gradCAM.layer)
    let positions = Float(try #require(found.layerMap).shape.positions)
    #expect(found.map.distance(to: gradCAM.map * positions) < 1e-6)
  }

  @Test(
    arguments: [
      ([("flatten", FlattenLayer()), ("cut", ReshapeLayer(to: [3, 2]))], "dense"),
      ([("mean", GlobalPoolingLayer(.average)), ("relu", ActivationLayer(.relu()))], "relu"),
      ([("largest", GlobalPoolingLayer(.maximum))], "largest"),
    ] as [([(String, any Layer)], String)])
  func refusesOtherEnds(layers: [(String, any Layer)], between: String) throws {
    let model = try model(layers)
    #expect(
      sentence { _ = try model.explain(item, with: .cam()) }
        == "'cam' needs feature maps that reach the score through a global average pooling and dense layers alone, but "
        + "layer '\(between)' lies between; use 'grad-cam', which gives the same map up to a factor where both exist"
    )
  }

  @Test func refusesFlattenedMaps() throws {
    let network = TinyNetwork(rank: 2)
    #expect(
      throws: ExplanationError.noGlobalAverage(method: "cam", layer: "flatten")
    ) { try network.model().explain(network.input(), with: .cam()) }
  }
}
