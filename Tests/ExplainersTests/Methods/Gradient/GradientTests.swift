import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct GradientTests {
  /// Two classes over two positions: logits x w with w = [[1, -2], [3, 4]], softmax behind.
  private func model() throws -> Model {
    var builder = ModelBuilder(name: "two classes")
    let input = try builder.add(InputLayer(shape: [1, 2, 1]), name: "input")
    let flat = try builder.add(FlattenLayer(), name: "flatten", after: [input])
    let dense = try Convolution(weights: Tensor([2, 2], [1, -2, 3, 4]), window: Window(kernel: []))
    let logits = try builder.add(ConvolutionLayer(dense), name: "dense", after: [flat])
    try builder.add(SoftmaxLayer(), name: "softmax", after: [logits])
    return try builder.model()
  }

  @Test func logitsByHand() throws {
    let input = Tensor([1, 2, 1], [1, 0.5])
    // Logits: 1 + 1.5 = 2.5 and -2 + 2 = 0. The gradient of a logit is its column of weights.
    let top = try model().explain(input, with: .gradient)
    #expect(top.target == 0 && top.score == 2.5)
    #expect(top.map == Tensor([1, 2, 1], [1, 3]))
    let other = try model().explain(input, with: .gradient, for: .index(1))
    #expect(other.target == 1 && other.score == 0)
    #expect(other.map == Tensor([1, 2, 1], [-2, 4]))
  }

  @Test func probabilitiesByHand() throws {
    // p = 1 / (1 + e^-2.5) = .924142; d p / d x = p (1 - p) (w0 - w1) = .0701037 (3, -1).
    let found = try model().explain(
      Tensor([1, 2, 1], [1, 0.5]), with: .gradient, for: Target(.top, in: .probability))
    #expect(abs(found.score - 0.924142) < 1e-6)
    #expect(abs(found.map.values[0] - 0.2103111) < 1e-6 && abs(found.map.values[1] + 0.0701037) < 1e-6)
  }

  @Test func carriesItsContext() throws {
    let input = Tensor([1, 2, 1], [1, 0.5])
    let found = try model().explain(input, with: .gradient)
    #expect(found.method == "gradient" && found.preset == .signed && found.parameters.isEmpty)
    #expect(found.layer == nil && found.layerMap == nil)
    #expect(found.baselineScore == nil && found.completenessGap == nil)
    #expect(found.input == input && found.output.shape == [1, 2])
  }
}
