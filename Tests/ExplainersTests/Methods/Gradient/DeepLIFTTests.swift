import Explainers
import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct DeepLIFTTests {
  /// y = ReLU(x1 - x2) at (3, 1) against (0, 2): in 2 and -2, out 2 and 0, so m = 1/2 and the parts are 1.5 and .5.
  @Test func workedExample() throws {
    var builder = ModelBuilder(name: "difference")
    let input = try builder.add(InputLayer(shape: [1, 2]), name: "input")
    let dense = try Convolution(weights: Tensor([2, 1], [1, -1]), window: Window(kernel: []))
    let difference = try builder.add(ConvolutionLayer(dense), name: "dense", after: [input])
    try builder.add(ActivationLayer(.relu()), name: "relu", after: [difference])
    let found = try builder.model().explain(
      Tensor([1, 2], [3, 1]), with: .deepLIFT(baseline: .tensor(Tensor([1, 2], [0, 2]))), for: .index(0))
    #expect(found.map.values == [1.5, 0.5])
    #expect(found.score == 2 && found.baselineScore == 0 && found.completenessGap == 0)
  }

  /// Against Captum in float64, zero baseline and one of ones, logits and probabilities.
  @Test(arguments: RelevanceAnswers.names + ["volume-relu"])
  func agreesWithCaptum(name: String) throws {
    let answers = try RelevanceAnswers(name)
    for (item, (input, target)) in answers.items.enumerated() {
      for space in ScoreSpace.allCases {
        for suffix in ["", "-ones"] {
          guard try answers.stored.names(in: "deep-lift\(suffix)").contains(space.rawValue) else { continue }
          let baseline: Baseline = suffix.isEmpty ? .zero : .tensor(Tensor(input.shape, repeating: 1))
          let found = try answers.model.explain(
            input, with: .deepLIFT(baseline: baseline), for: Target(target.choice, in: space))
          try answers.check(found.map, item, "deep-lift\(suffix)/\(space.rawValue)")
          guard space == .logit else { continue }
          let gap = try #require(found.completenessGap)
          #expect(abs(gap) <= 1e-5 * max(abs(found.score), 1))
        }
      }
    }
  }

  /// The map of a logit sums to the difference of the scores, whatever the network is made of.
  @Test(arguments: [
    Activation.relu(), .tanh, .sigmoid, .elu(alpha: 1), .gelu(approximate: true), .hardSilu, .softplus, .mish,
  ])
  func completeness(activation: Activation) throws {
    for rank in 1...3 {
      var network = TinyNetwork(rank: rank)
      network.activation = activation
      let model = try network.model()
      for baseline in [Baseline.zero, .mean, .blur(sigma: 2), .noise(samples: 3, seed: 1)] {
        let found = try model.explain(network.input(), with: .deepLIFT(baseline: baseline))
        let gap = try #require(found.completenessGap)
        #expect(abs(gap) <= 5e-6 * max(abs(found.score), 1), "\(rank) \(baseline.name)")
      }
    }
  }

  /// Products, maxima of several inputs, overlapping windows, gates and steps keep the sum too.
  @Test func completenessOfMerges() throws {
    var builder = ModelBuilder(name: "merges")
    let input = try builder.add(InputLayer(shape: [1, 8, 4]), name: "input")
    func convolution(_ from: Int, _ to: Int, seed: UInt32) throws -> ConvolutionLayer {
      ConvolutionLayer(
        try Convolution(
          weights: Tensor([3, from, to], seed: seed), bias: Tensor([to], seed: seed + 50),
          window: Window(kernel: [3], padding: .same)))
    }
    let a = try builder.add(convolution(4, 6, seed: 1), name: "a", after: [input])
    let b = try builder.add(convolution(4, 6, seed: 2), name: "b", after: [input])
    let product = try builder.add(MergeLayer(.multiply), name: "product", after: [a, b])
    let largest = try builder.add(MergeLayer(.maximum), name: "largest", after: [a, b, product])
    let smallest = try builder.add(MergeLayer(.minimum), name: "smallest", after: [product, b])
    let less = try builder.add(MergeLayer(.subtract), name: "less", after: [largest, smallest])
    let pool = Pooling(.maximum, over: Window(kernel: [3], stride: [1]))
    let pooled = try builder.add(PoolingLayer(pool), name: "pool", after: [less])
    let gated = try builder.add(GatedLinearUnitLayer(), name: "gated", after: [pooled])
    let dense = ConvolutionLayer(
      try Convolution(weights: Tensor([3, 3], seed: 7), window: Window(kernel: [])))
    let steps = try builder.add(
      PerStepLayer([dense, ActivationLayer(.tanh)]), name: "steps", after: [gated])
    try builder.add(GlobalPoolingLayer(.maximum), name: "global", after: [steps])
    let model = try builder.model()
    for seed in 1..<6 as Range<UInt32> {
      for index in 0..<3 {
        let found = try model.explain(
          Tensor([1, 8, 4], seed: seed),
          with: .deepLIFT(baseline: .tensor(Tensor([1, 8, 4], seed: seed + 100))), for: .index(index))
        let gap = try #require(found.completenessGap)
        #expect(abs(gap) <= 1e-5, "\(found.score) \(gap)")
      }
    }
  }

  @Test func layersWithoutARule() throws {
    var builder = ModelBuilder(name: "ratio")
    let input = try builder.add(InputLayer(shape: [1, 2]), name: "input")
    try builder.add(MergeLayer(.divide), name: "ratio", layerClass: "Divide", after: [input, input])
    let model = try builder.model()
    #expect(
      sentence { _ = try model.explain(Tensor([1, 2], repeating: 1), with: .deepLIFT()) }
        == "'deep-lift' has no rule for the layer 'ratio' (Divide); explain this model with 'integrated-gradients' or 'gradient'"
    )
  }

  @Test func baselineOfAnotherShape() throws {
    let network = TinyNetwork(rank: 1)
    let method = DeepLIFT(baseline: .tensor(Tensor([1, 3, 2])))
    #expect(throws: ExplanationError.baselineShape(expected: [1, 12, 2], found: [1, 3, 2])) {
      try network.model().explain(network.input(), with: method)
    }
  }
}
