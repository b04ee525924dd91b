import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct GradientTimesInputTests {
  /// Dense, ReLU, dense over two numbers: hidden (x1 - x2 + b, x1 + x2), output h1 + 2 h2.
  private func model(bias: Float) throws -> Model {
    var builder = ModelBuilder(name: "two layers")
    let input = try builder.add(InputLayer(shape: [1, 2]), name: "input")
    let first = try Convolution(
      weights: Tensor([2, 2], [1, 1, -1, 1]), bias: Tensor([2], [bias, 0]), window: Window(kernel: []))
    let second = try Convolution(weights: Tensor([2, 1], [1, 2]), window: Window(kernel: []))
    let hidden = try builder.add(ConvolutionLayer(first), name: "hidden", after: [input])
    let rectified = try builder.add(ActivationLayer(.relu()), name: "relu", after: [hidden])
    try builder.add(ConvolutionLayer(second), name: "out", after: [rectified])
    return try builder.model()
  }

  @Test func sumsToTheScoreWithoutBiases() throws {
    // x = (3, 1): h = (2, 4), both alive; the gradient is (1 + 2, -1 + 2) = (3, 1); the score 2 + 8 = 10 = 9 + 1.
    let found = try model(bias: 0).explain(Tensor([1, 2], [3, 1]), with: .gradientTimesInput)
    #expect(found.map == Tensor([1, 2], [9, 1]))
    #expect(found.score == 10 && found.baselineScore == 0 && found.completenessGap == 0)
  }

  @Test func deadUnitsContributeNothing() throws {
    // x = (1, 3): h = (-2, 4); only the second counts: gradient (2, 2), score 8 = 2 + 6.
    let found = try model(bias: 0).explain(Tensor([1, 2], [1, 3]), with: .gradientTimesInput)
    #expect(found.map == Tensor([1, 2], [2, 6]))
    #expect(found.score == 8 && found.completenessGap == 0)
  }

  @Test func theGapIsWhatBiasesDo() throws {
    // With b = 4, x = (1, 3): h = (2, 4), gradient (3, 1), map (3, 3), score 10; at zero h = (4, 0), score 4: 6 - (10 - 4) = 0.
    let alive = try model(bias: 4).explain(Tensor([1, 2], [1, 3]), with: .gradientTimesInput)
    #expect(alive.map == Tensor([1, 2], [3, 3]))
    #expect(alive.baselineScore == 4 && alive.completenessGap == 0)
    // With b = -1, x = (3, 1): h = (1, 4), gradient (3, 1), map (9, 1), score 9; at zero the first unit is dead: 10 - 9 = 1.
    let dead = try model(bias: -1).explain(Tensor([1, 2], [3, 1]), with: .gradientTimesInput)
    #expect(dead.baselineScore == 0 && dead.completenessGap == 1)
  }
}
