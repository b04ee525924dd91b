import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct DeconvnetTests {
  /// Dense, ReLU, dense over two numbers: hidden (x1 - x2, x1 + x2), output `outputs` times the rectified.
  private func model(_ activation: Activation = .relu(), outputs: [Float]) throws -> Model {
    var builder = ModelBuilder(name: "two layers")
    let input = try builder.add(InputLayer(shape: [1, 2]), name: "input")
    let first = try Convolution(weights: Tensor([2, 2], [1, 1, -1, 1]), window: Window(kernel: []))
    let second = try Convolution(weights: Tensor([2, 1], outputs), window: Window(kernel: []))
    let hidden = try builder.add(ConvolutionLayer(first), name: "hidden", after: [input])
    let rectified = try builder.add(ActivationLayer(activation), name: "relu", after: [hidden])
    try builder.add(ConvolutionLayer(second), name: "out", after: [rectified])
    return try builder.model()
  }

  @Test func closedUnitsLetPositivePartsThrough() throws {
    // x = (1, 3): the first unit is closed, but 1 flows back through it: 1 (1, -1) + 2 (1, 1).
    let found = try model(outputs: [1, 2]).explain(Tensor([1, 2], [1, 3]), with: .deconvnet)
    #expect(found.map.values == [3, 1] && found.notes.isEmpty)
  }

  @Test func negativePartsAreStopped() throws {
    // x = (3, 1): -1 arrives at the first unit and is stopped: 2 (1, 1).
    let found = try model(outputs: [-1, 2]).explain(Tensor([1, 2], [3, 1]), with: .deconvnet)
    #expect(found.map.values == [2, 2])
  }

  @Test func aLargestValueMakesNoDifference() throws {
    let found = try model(.relu(maximum: 3), outputs: [1, 2]).explain(
      Tensor([1, 2], [3, 1]), with: .deconvnet)
    #expect(found.map.values == [3, 1])
  }

  @Test func withoutReLUItIsTheGradient() throws {
    var network = TinyNetwork(rank: 1)
    network.activation = .tanh
    let model = try network.model()
    let found = try model.explain(network.input(), with: .deconvnet)
    #expect(found.map.distance(to: try model.explain(network.input(), with: .gradient).map) < 1e-6)
    #expect(found.notes.count == 1)
  }
}
