import Explainers
import Foundation
import Networks
import TensorCore
import TestSupport
import Testing

/// Slopes of activations between two values, against quotients in 64 bits.
@Suite struct ActivationSlopeTests {
  static let functions: [(activation: Activation, exact: @Sendable (Double) -> Double)] = [
    (.relu(), { max($0, 0) }),
    (.relu(slope: 0.1, maximum: 2, threshold: 0.5), { $0 >= 2 ? 2 : $0 >= 0.5 ? $0 : 0.1 * ($0 - 0.5) }),
    (.sigmoid, { 1 / (1 + exp(-$0)) }),
    (.tanh, { tanh($0) }),
    (.elu(alpha: 0.7), { $0 > 0 ? $0 : 0.7 * expm1($0) }),
    (.softplus, { log1p(exp($0)) }),
    (.silu, { $0 / (1 + exp(-$0)) }),
    (.hardSilu, { $0 * min(max($0 / 6 + 0.5, 0), 1) }),
    (.hardSigmoid(slope: 0.2), { min(max(0.2 * $0 + 0.5, 0), 1) }),
    (.gelu(approximate: false), { 0.5 * $0 * erfc(-$0 / 2.0.squareRoot()) }),
    (.hardTanh, { min(max($0, -1), 1) }),
    (.softShrink(threshold: 0.5), { $0 > 0.5 ? $0 - 0.5 : $0 < -0.5 ? $0 + 0.5 : 0 }),
  ]

  /// The slope as DeepLIFT takes it: one value through one function, against a baseline.
  @Test(arguments: functions.indices)
  func slopes(index: Int) throws {
    let (activation, exact) = Self.functions[index]
    var builder = ModelBuilder(name: "function")
    let input = try builder.add(InputLayer(shape: [1, 1]), name: "input")
    try builder.add(ActivationLayer(activation), name: "function", after: [input])
    // A layer behind it, so that a sigmoid is not taken for the end of a classifier.
    let two = try Convolution(weights: Tensor([1, 2], [1, 2]), window: Window(kernel: []))
    try builder.add(ConvolutionLayer(two), name: "dense", after: [1])
    let model = try builder.model()
    for start: Float in [-4, -2, -0.3, 0.25, 0.5, 1.7, 2.9] {
      for distance: Float in [1e-6, -1e-4, 3e-3, 0.1, -0.24, 0.6, 2, -7] {
        let end = start + distance
        let found = try model.explain(
          Tensor([1, 1], [end]), with: .deepLIFT(baseline: .tensor(Tensor([1, 1], [start]))),
          for: .index(0))
        let expected = exact(Double(end)) - exact(Double(start))
        let allowed = 5e-6 * abs(expected) + 5e-7 * abs(Double(distance))
        #expect(
          abs(Double(found.map.values[0]) - expected) <= allowed, "\(activation) from \(start) to \(end)"
        )
      }
    }
  }
}
