import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct CanonicalModelTests {
  private func normalization(_ channels: Int, seed: UInt32, shifts: Bool = true) -> NormalizationLayer {
    NormalizationLayer(
      ChannelScaling(
        scale: Tensor([channels], seed: seed, from: 0.5, to: 1.5).values,
        shift: shifts ? Tensor([channels], seed: seed + 1).values : [Float](repeating: 0, count: channels)),
      parameterCount: 4 * channels)
  }

  private func convolution(
    _ weights: Shape, _ window: Window, groups: Int = 1, seed: UInt32 = 1
  ) throws -> ConvolutionLayer {
    ConvolutionLayer(
      try Convolution(
        weights: Tensor(weights, seed: seed), bias: Tensor([weights[weights.rank - 1]], seed: seed + 9),
        window: window, groups: groups))
  }

  private func chain(_ layers: [any Layer], _ shape: Shape) throws -> Model {
    var builder = ModelBuilder(name: "chain")
    var last = try builder.add(InputLayer(shape: shape), name: "input")
    for (index, layer) in layers.enumerated() {
      last = try builder.add(layer, name: "layer-\(index)", after: [last])
    }
    return try builder.model()
  }

  /// gamma = 1.5, beta = .1, mean = .4, variance = .25, epsilon = .001 behind a bias of .2: scale 2.994018, bias -.498804.
  @Test func workedExample() throws {
    let scaling = ChannelScaling(gamma: [1.5], beta: [0.1], mean: [0.4], variance: [0.25], epsilon: 1e-3)
    let dense = try Convolution(
      weights: Tensor([1, 1], [2]), bias: Tensor([1], [0.2]), window: Window(kernel: []))
    let model = try chain([ConvolutionLayer(dense), NormalizationLayer(scaling, parameterCount: 4)], [1, 1])
    let merged = try #require(model.withNormalizationsMerged.nodes[1].layer as? ConvolutionLayer).convolution
    #expect(abs(merged.weights.values[0] - 2 * 2.994018) <= 2e-6)
    #expect(abs(try #require(merged.bias).values[0] + 0.498804) <= 1e-6)
    #expect(model.withNormalizationsMerged.nodes[2].layer is IdentityLayer)
  }

  /// Layers, how many normalisations stay, and the shape of an item.
  private func cases() throws -> [(layers: [any Layer], left: Int, shape: Shape)] {
    let same = Window(kernel: [3], padding: .same)
    let valid = Window(kernel: [3])
    let transposed = TransposedConvolutionLayer(
      try TransposedConvolution(
        weights: Tensor([2, 4, 3], seed: 4), bias: Tensor([4], seed: 5),
        window: Window(kernel: [2], stride: [2])
      ) { $0.map { 2 * $0 } })
    let behind = try convolution([3, 2, 3], same)
    let grouped = try convolution([3, 1, 4], valid, groups: 2)
    let dense = try convolution([12, 5], Window(kernel: []))
    return [
      ([behind, normalization(3, seed: 2)], 0, [1, 8, 2]),
      ([behind, IdentityLayer(), normalization(3, seed: 2), normalization(3, seed: 6)], 0, [1, 8, 2]),
      ([normalization(2, seed: 2), IdentityLayer(), grouped], 0, [1, 8, 2]),
      ([normalization(2, seed: 2), normalization(2, seed: 7), grouped], 0, [1, 8, 2]),
      ([normalization(3, seed: 2), FlattenLayer(), dense], 0, [1, 4, 3]),
      ([transposed, normalization(4, seed: 2)], 0, [1, 4, 3]),
      // Zeros at the border are not scaled and shifted zeros.
      ([normalization(2, seed: 2), behind], 1, [1, 8, 2]),
      ([normalization(2, seed: 2, shifts: false), behind], 0, [1, 8, 2]),
      ([behind, ActivationLayer(.relu()), normalization(3, seed: 2)], 1, [1, 8, 2]),
    ]
  }

  @Test func mergingIsExact() throws {
    for (index, test) in try cases().enumerated() {
      let model = try chain(test.layers, test.shape)
      let merged = model.withNormalizationsMerged
      #expect(merged.nodes.count { $0.layer is NormalizationLayer } == test.left, "case \(index)")
      #expect(merged.nodes.map(\.name) == model.nodes.map(\.name))
      let input = Tensor(test.shape, seed: 8)
      let expected = try model.predict(input)
      #expect(try merged.trace([input])[merged.outputs[0]].distance(to: expected) <= 1e-6, "case \(index)")
    }
  }

  /// What something else reads as well must stay as it is.
  @Test func branchesAreNotMerged() throws {
    var builder = ModelBuilder(name: "branch")
    let input = try builder.add(InputLayer(shape: [1, 6, 2]), name: "input")
    let conv = try builder.add(
      convolution([3, 2, 2], Window(kernel: [3], padding: .same)), name: "conv", after: [input])
    let normalized = try builder.add(normalization(2, seed: 3), name: "bn", after: [conv])
    try builder.add(MergeLayer(.add), name: "add", after: [normalized, conv])
    let merged = try builder.model().withNormalizationsMerged
    #expect(merged.nodes[normalized].layer is NormalizationLayer)
  }
}
