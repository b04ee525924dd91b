import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct GuidedBackpropTests {
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

  @Test func negativePartsAreStopped() throws {
    // x = (3, 1): both units are open; -1 arrives at the first and is stopped, 2 at the second: 2 (1, 1).
    let found = try model(outputs: [-1, 2]).explain(Tensor([1, 2], [3, 1]), with: .guidedBackprop)
    #expect(found.map.values == [2, 2] && found.notes.isEmpty)
  }

  @Test func closedUnitsAreStopped() throws {
    // x = (1, 3): the first unit is closed: 2 (1, 1).
    let found = try model(outputs: [1, 2]).explain(Tensor([1, 2], [1, 3]), with: .guidedBackprop)
    #expect(found.map.values == [2, 2])
  }

  @Test func aLargestValueClosesAUnit() throws {
    // x = (3, 1): h = (2, 4); the second has reached 3: 1 (1, -1).
    let found = try model(.relu(maximum: 3), outputs: [1, 2]).explain(
      Tensor([1, 2], [3, 1]), with: .guidedBackprop)
    #expect(found.map.values == [1, -1])
  }

  /// Other activations keep their derivative, and a note says that nothing was replaced.
  @Test(arguments: [Activation.tanh, .relu(slope: 0.1), .elu(alpha: 1)])
  func otherActivationsKeepTheirDerivative(activation: Activation) throws {
    var network = TinyNetwork(rank: 2)
    network.activation = activation
    let model = try network.model()
    let found = try model.explain(network.input(), with: .guidedBackprop)
    let gradient = try model.explain(network.input(), with: .gradient)
    #expect(found.map.distance(to: gradient.map) < 1e-6)
    #expect(
      found.notes == ["the model has no ReLU before its score, so nothing but its derivative flows back"])
  }
}
