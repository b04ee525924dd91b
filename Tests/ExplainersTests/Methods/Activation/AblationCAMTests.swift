import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct AblationCAMTests {
  @Test func workedExample() throws {
    // The score 1.6 is 1.1 without the first map and .5 without the second: w = (.5 / 1.6, 1.1 / 1.6) = (.3125, .6875).
    let chosen = ChosenGradients()
    let found = try chosen.model().explain(chosen.input, with: .ablationCAM())
    for (value, right) in zip(found.map.values, [0.3125, 1.3125, 1.375, 1] as [Float]) {
      #expect(abs(value - right) < 1e-6)
    }
    // The item, all maps, and without each of two.
    #expect(found.passes == 4)
  }

  @Test func aScoreOfZeroIsNotDividedBy() throws {
    // G2 = G1 with the maps equal but for the sign of the gradient: .5 - .5 = 0, without the maps -.5 and .5.
    let chosen = ChosenGradients(
      maps: [1, 1, 0, 0, 0, 0, 0, 0], gradient: [0.5, -0.5, 0, 0, 0, 0, 0, 0])
    let found = try chosen.model().explain(chosen.input, with: .ablationCAM(isRectified: false))
    #expect(found.score == 0)
    // w = (0 - -.5, 0 - .5): .5 - .5 = 0.
    #expect(found.map.values == [0, 0, 0, 0])
  }

  /// Behind the layer nothing before it is run again, and batches are as large as the model allows, whatever the number of maps.
  @Test func runsOnlyTheLayersBehind() throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 2)
    network.probe = probe
    _ = try network.model().explain(network.input(), with: .ablationCAM(at: "conv"))
    #expect(probe.counts.forward == 1 && probe.counts.items == 1)
  }

  /// The other branch of an addition keeps what it adds.
  @Test func branchesBesideTheLayerKeepTheirValues() throws {
    var builder = ModelBuilder(name: "residual")
    let window = Window(kernel: [3], padding: .same)
    let input = try builder.add(InputLayer(shape: [1, 8, 2]), name: "input")
    let first = try Convolution(weights: Tensor([3, 2, 3], seed: 1), window: window)
    let second = try Convolution(weights: Tensor([3, 2, 3], seed: 2), window: window)
    let dense = try Convolution(weights: Tensor([3, 1], seed: 4), window: Window(kernel: []))
    let a = try builder.add(ConvolutionLayer(first), name: "a", after: [input])
    let b = try builder.add(ConvolutionLayer(second), name: "b", after: [input])
    let sum = try builder.add(MergeLayer(.add), name: "sum", after: [a, b])
    let mean = try builder.add(GlobalPoolingLayer(.average), name: "mean", after: [sum])
    try builder.add(ConvolutionLayer(dense), name: "dense", after: [mean])
    let model = try builder.model()
    let item = Tensor([1, 8, 2], seed: 3)
    let found = try model.explain(item, with: .ablationCAM(at: "a", isRectified: false))
    // The score is linear: without a map it loses the map's mean times its weight.
    let maps = try model.values(of: [a], at: [item])[0]
    let weights = zip(maps.meanOverPositions().values, dense.weights.values).map { mean, weight in
      Double(mean * weight) / found.score
    }
    let right = maps.weightedSum(by: weights)
    #expect(try #require(found.layerMap).distance(to: right) < 1e-5)
  }
}
