import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct InitializerTests {
  private func drawn(_ initializer: Initializer, _ shape: Shape) -> [Double] {
    var random = NumPyLegacyRandom(seed: 8)
    return initializer.tensor(shape, random: &random).values.map { Double($0) }
  }

  /// What `keras.initializers.compute_fans` gives for these shapes.
  @Test(arguments: [
    ([7, 5], [7, 5]), ([3, 4, 6], [12, 18]), ([3, 5, 4, 6], [60, 90]), ([2, 2, 2, 3, 1], [24, 8]),
  ])
  func fansAreThoseOfKeras(extents: [Int], fans: [Int]) {
    #expect(Initializer.Fans(of: Shape(extents)) == .init(into: fans[0], out: fans[1]))
  }

  static let distributions: [(Initializer, variance: Double, bound: Double)] = [
    (.glorotUniform, 2.0 / 240, (6.0 / 240).squareRoot()),
    (.glorotNormal, 2.0 / 240, 2 * (2.0 / 240).squareRoot() / 0.87962566103423978),
    (.heUniform, 2.0 / 90, (6.0 / 90).squareRoot()),
    (.heNormal, 2.0 / 90, 2 * (2.0 / 90).squareRoot() / 0.87962566103423978),
    (.randomNormal(deviation: 0.3), 0.09, Double.infinity), (.zeros, 0, 0),
  ]

  /// The bounds and variances of the distributions: 90 * 150 numbers hit a variance to 5 %.
  @Test(arguments: distributions)
  func distributionsHaveTheirVariance(initializer: Initializer, variance: Double, bound: Double) {
    let values = drawn(initializer, [90, 150])
    let found = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    #expect(abs(found - variance) <= 0.05 * variance)
    #expect(values.allSatisfy { abs($0) <= bound * (1 + 1e-6) })
    if bound.isFinite { #expect(values.contains { abs($0) > 0.98 * bound } || variance == 0) }
  }

  @Test func aModelStartsAsKerasMakesIt() throws {
    var builder = ModelBuilder(name: "all")
    let x = try builder.add(InputLayer(shape: [1, 6, 4]), name: "x")
    let depthwise = try Convolution(
      weights: Tensor([3, 1, 8], seed: 1), bias: Tensor([8], seed: 2), window: Window(kernel: [3]), groups: 4)
    let conv = try builder.add(ConvolutionLayer(depthwise), name: "conv", after: [x])
    let batch = BatchNormalization(
      gamma: [Float](repeating: 3, count: 8), beta: [Float](repeating: 2, count: 8),
      mean: [Float](repeating: 5, count: 8), variance: [Float](repeating: 4, count: 8))
    let norm = try builder.add(NormalizationLayer(batch), name: "norm", after: [conv])
    try builder.add(
      ParametricReLULayer(slopes: Tensor([1, 1, 8], seed: 3), over: [1, 4, 8]), name: "slopes", after: [norm])
    let model = try builder.model()
    #expect(model.trainableNodes == [1, 2, 3])
    let fresh = model.initialized(by: .glorotUniform, seed: 5)
    let layer = try #require(fresh.nodes[1].layer as? ConvolutionLayer)
    // A depthwise kernel of 3 taps, 4 channels and 2 outputs of each: 12 factors in, 6 out.
    var random = NumPyLegacyRandom(seed: 5, item: 0)
    let expected = Initializer.glorotUniform.tensor(
      [3, 1, 8], fans: .init(into: 12, out: 6), random: &random)
    #expect(layer.convolution.weights == expected)
    #expect(layer.convolution.bias == Tensor([8]))
    let start = try #require((fresh.nodes[2].layer as? NormalizationLayer)?.batchNormalization)
    #expect(start.gamma == [Float](repeating: 1, count: 8) && start.beta == [Float](repeating: 0, count: 8))
    #expect(start.mean == start.beta && start.variance == start.gamma)
    #expect((fresh.nodes[3].layer as? ParametricReLULayer)?.slopes == Tensor([1, 4, 8]))
    #expect(model.initialized(seed: 6).nodes[1].layer.parameterCount == layer.parameterCount)
  }
}
