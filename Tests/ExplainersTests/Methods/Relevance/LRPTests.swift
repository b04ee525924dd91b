import Explainers
import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct LRPTests {
  /// Against zennit and Captum in float64, every preset and every rule.
  @Test(arguments: RelevanceAnswers.names)
  func agreesWithOtherImplementations(name: String) throws {
    let answers = try RelevanceAnswers(name)
    let presets = try answers.stored.names(in: "lrp")
    let rules = try answers.stored.names(in: "rules")
    #expect(presets.sorted() == RelevancePreset.allCases.map(\.rawValue).sorted() && rules.count == 7)
    for (item, (input, target)) in answers.items.enumerated() {
      for (group, names) in [("lrp", presets), ("rules", rules)] {
        for name in names {
          let key = group == "lrp" ? "preset" : "rules"
          let method = try MethodCatalog.method("lrp", settings: .init(method: "lrp", values: [key: name]))
          let found = try answers.model.explain(input, with: method, for: target)
          try answers.check(found.map, item, "\(group)/\(name)", bound: answers.bound)
          let score = try answers.stored.doubles(item, of: "score")[0]
          #expect(abs(found.score - score) <= 1e-5 * abs(score))
        }
      }
    }
  }

  /// With ReLU and maxima the plain rule is gradient times input, biases or not.
  @Test(arguments: 1...3)
  func plainRuleIsGradientTimesInput(rank: Int) throws {
    let network = TinyNetwork(rank: rank)
    let model = try network.model()
    let rules = RelevanceComposite([.init(.any, ZeroRule())])
    for seed in 1..<5 as Range<UInt32> {
      let input = network.input(seed: seed)
      let expected = try model.explain(input, with: .gradientTimesInput)
      #expect(try model.explain(input, with: .lrp(rules)).map.distance(to: expected.map) <= 2e-6)
    }
  }

  /// Presets whose rules keep all relevance; `alpha-beta` adds some where an output has no negative contribution.
  static let conserving = RelevancePreset.allCases.filter { !$0.rawValue.contains("alpha2") }

  /// Without biases nothing is lost: the map sums to the score.
  @Test(arguments: conserving, 1...3)
  func networksWithoutBiasesConserve(preset: RelevancePreset, rank: Int) throws {
    let model = try unbiased(rank: rank)
    let input = Tensor(model.inputShape, seed: 9, from: 0, to: 1)
    let found = try model.explain(input, with: .lrp(preset))
    #expect(abs(found.map.sum - found.score) <= 1e-4 * abs(found.score), "\(found.map.sum) of \(found.score)")
    #expect(found.completenessGap == found.map.sum - found.score)
    for layer in found.relevanceByLayer {
      #expect(abs(layer.residual) <= 1e-4 * abs(found.score), "\(layer)")
    }
    #expect(found.notes.isEmpty)
  }

  /// Convolution, ReLU, max-pooling, addition of a branch, mean, dense, softmax, all without biases; weights mostly above zero, so that
  /// every output has contributions of both signs.
  private func unbiased(rank: Int) throws -> Model {
    var builder = ModelBuilder(name: "unbiased")
    let spatial = Array([12, 6, 6].prefix(rank))
    func convolution(_ from: Int, _ to: Int, seed: UInt32) throws -> ConvolutionLayer {
      let window = Window(kernel: spatial.map { _ in 3 }, padding: .same)
      let weights = Tensor(Shape(window.kernel + [from, to]), seed: seed, from: -0.2, to: 0.4)
      return ConvolutionLayer(try Convolution(weights: weights, window: window))
    }
    let input = try builder.add(
      InputLayer(shape: Shape(batch: 1, spatial: spatial, channels: 2)), name: "input")
    var last = try builder.add(convolution(2, 4, seed: 1), name: "conv", after: [input])
    last = try builder.add(ActivationLayer(.relu()), name: "relu", after: [last])
    let window = Window(kernel: spatial.map { _ in 2 }, stride: spatial.map { _ in 2 })
    last = try builder.add(PoolingLayer(Pooling(.maximum, over: window)), name: "pool", after: [last])
    let branch = try builder.add(convolution(4, 4, seed: 2), name: "conv-2", after: [last])
    last = try builder.add(MergeLayer(.add), name: "add", after: [last, branch])
    last = try builder.add(ActivationLayer(.relu()), name: "relu-2", after: [last])
    last = try builder.add(GlobalPoolingLayer(.average), name: "mean", after: [last])
    let dense = try Convolution(
      weights: Tensor([4, 3], seed: 3, from: -0.3, to: 0.6), window: Window(kernel: []))
    last = try builder.add(ConvolutionLayer(dense), name: "dense", after: [last])
    try builder.add(SoftmaxLayer(), name: "softmax", after: [last])
    return try builder.model()
  }

  /// What arrives at a layer is what left the one behind it; all residuals together are what the map misses.
  @Test func residualsAddUp() throws {
    let network = TinyNetwork(rank: 1)
    let found = try network.model().explain(network.input(), with: .lrp(.epsilon))
    let layers = found.relevanceByLayer
    #expect(
      layers.map(\.layer) == [
        "dense", "flatten", "conv-2-activation", "conv-2", "pool", "conv-activation", "conv",
      ])
    #expect(abs(layers[0].arriving - found.score) <= 1e-6)
    for (layer, next) in zip(layers, layers.dropFirst()) {
      #expect(abs(layer.arriving - layer.residual - next.arriving) <= 1e-6)
    }
    for layer in layers where !["dense", "conv", "conv-2"].contains(layer.layer) {
      #expect(abs(layer.residual) <= 1e-6, "\(layer)")
    }
    let total = layers.reduce(0) { $0 + $1.residual }
    #expect(abs(try #require(found.completenessGap) + total) <= 1e-5 * max(abs(found.score), 1))
  }

  /// y = 2 a + 1 at a = 3, for the only class: 7 are handed back, 1 stays with the bias.
  @Test func residualOfABias() throws {
    let model = try chain([try dense(Tensor([1, 1], [2]), bias: [1])], [1, 1])
    let found = try model.explain(Tensor([1, 1], [3]), with: .lrp(.epsilon), for: .index(0))
    #expect(abs(found.map.values[0] - 6) <= 1e-5)
    let layer = try #require(found.relevanceByLayer.first)
    #expect(layer.layer == "layer-0" && layer.arriving == 7 && abs(layer.residual - 1) <= 1e-5)
    #expect(
      found.notes == [
        "the map sums to 86 % of what was handed back; the largest part of the difference, 14 %, stayed at 'layer-0'"
      ])
    let one = try model.explain(Tensor([1, 1], [3]), with: .lrp(.epsilon, start: .one), for: .index(0))
    #expect(abs(one.map.values[0] - 6.0 / 7) <= 1e-6 && one.completenessGap == nil)
  }

  /// A normalisation that padding keeps from being merged: of the input it is a change of units, behind a rectifier a layer of its own.
  @Test func normalizationsThatStay() throws {
    let scaling = ChannelScaling(scale: [2], shift: [1])
    let padded = ConvolutionLayer(
      try Convolution(weights: Tensor([3, 1, 1], seed: 1), window: Window(kernel: [3], padding: .same)))
    let normalization = NormalizationLayer(scaling, parameterCount: 4)
    let model = try chain(
      [normalization, padded, ActivationLayer(.relu()), normalization, padded, FlattenLayer()], [1, 4, 1])
    let found = try model.explain(Tensor([1, 4, 1], seed: 3), with: .lrp(), for: .index(1))
    #expect(
      found.notes.first
        == "the normalisation 'layer-3' cannot be merged into a layer beside it and has the epsilon rule")
    let units = try #require(found.relevanceByLayer.last)
    #expect(units.layer == "layer-0" && units.residual == 0 && units.arriving == found.map.sum)
  }

  /// A sigmoid gate lets 5 through by half; the factor that it gates takes all, the gate nothing.
  @Test(arguments: [false, true])
  func aGateTakesNothing(isFirst: Bool) throws {
    var builder = ModelBuilder(name: "gate")
    let input = try builder.add(InputLayer(shape: [1, 2]), name: "input")
    let signal = try builder.add(dense(Tensor([2, 1], [1, 0])), name: "signal", after: [input])
    let logit = try builder.add(dense(Tensor([2, 1], [0, 1])), name: "logit", after: [input])
    let gate = try builder.add(ActivationLayer(.sigmoid), name: "gate", after: [logit])
    let factors = isFirst ? [gate, signal] : [signal, gate]
    try builder.add(MergeLayer(.multiply), name: "product", layerClass: "Multiply", after: factors)
    let found = try builder.model().explain(Tensor([1, 2], [5, 0]), with: .lrp(.epsilon), for: .index(0))
    #expect(found.score == 2.5 && abs(found.map.values[0] - 2.5) <= 1e-5 && found.map.values[1] == 0)
  }

  @Test func gatedLinearUnit() throws {
    let model = try chain([GatedLinearUnitLayer()], [1, 4])
    let found = try model.explain(Tensor([1, 4], [2, 3, 0, 0]), with: .lrp(), for: .index(1))
    #expect(found.map.values == [0, 1.5, 0, 0])
  }

  /// A layer for every step of a sequence is the same as one that acts on every position.
  @Test func stepsOfASequence() throws {
    let inner = try dense(Tensor([3, 4], seed: 1), bias: Tensor([4], seed: 2).values)
    let tail: [any Layer] = [FlattenLayer(), try dense(Tensor([20, 3], seed: 5))]
    let plain = try chain([inner, ActivationLayer(.relu())] + tail, [1, 5, 3])
    let steps = try chain([PerStepLayer([inner, ActivationLayer(.relu())])] + tail, [1, 5, 3])
    let input = Tensor([1, 5, 3], seed: 6)
    for preset in RelevancePreset.allCases {
      let expected = try plain.explain(input, with: .lrp(preset)).map
      #expect(try steps.explain(input, with: .lrp(preset)).map.distance(to: expected) <= 1e-6)
    }
  }

  @Test func layersWithoutARule() throws {
    var builder = ModelBuilder(name: "softmax inside")
    let input = try builder.add(InputLayer(shape: [1, 2]), name: "input")
    let inner = try builder.add(SoftmaxLayer(), name: "inner", layerClass: "Softmax", after: [input])
    try builder.add(dense(Tensor([2, 2], seed: 1)), name: "dense", after: [inner])
    let model = try builder.model()
    #expect(
      sentence { _ = try model.explain(Tensor([1, 2]), with: .lrp()) }
        == "'lrp' has no rule for the layer 'inner' (Softmax); explain this model with 'integrated-gradients' or 'gradient'"
    )
  }

  static let misfits: [(rules: String, problem: String)] = [
    ("layer con: zero", "the model has no layer 'con'; its layers are input, conv, mean, dense"),
    (
      "average: flat",
      "the rule 'flat' of 'lrp' does not exist for the layer 'mean'; give this layer 'epsilon', 'zero' or 'norm'"
    ),
    (
      "any: pass",
      "the rule 'pass' of 'lrp' does not exist for the layer 'conv'; give this layer 'epsilon', 'zero' or 'norm'"
    ),
    ("any: z-box(0,1)", "no error"),
    (
      "layer conv: z-box(0/0/0,1)",
      "layer 'conv' cannot take what reaches it as its input: the operation takes 3 channels, but its input has 2"
    ),
  ]

  @Test(arguments: misfits)
  func rulesThatDoNotFit(rules: String, problem: String) throws {
    var builder = ModelBuilder(name: "small")
    let input = try builder.add(InputLayer(shape: [1, 6, 2]), name: "input")
    let convolution = try Convolution(weights: Tensor([3, 2, 4], seed: 1), window: Window(kernel: [3]))
    let conv = try builder.add(ConvolutionLayer(convolution), name: "conv", after: [input])
    let mean = try builder.add(GlobalPoolingLayer(.average), name: "mean", after: [conv])
    try builder.add(dense(Tensor([4, 2], seed: 2)), name: "dense", after: [mean])
    let model = try builder.model()
    let settings = MethodSettings(method: "lrp", values: ["rules": rules])
    #expect(
      sentence {
        _ = try model.explain(Tensor([1, 6, 2]), with: MethodCatalog.method("lrp", settings: settings))
      } == problem)
  }

  @Test func boundsForOtherChannels() throws {
    let network = TinyNetwork(rank: 1)
    let settings = MethodSettings(
      method: "lrp", values: ["preset": "epsilon-gamma-box", "low": "0.0/1.0/2.0"])
    #expect(
      sentence {
        _ = try network.model().explain(
          network.input(), with: MethodCatalog.method("lrp", settings: settings))
      }
        == "'0.0/1.0/2.0' is not a value for lrp.low, which should be one number, or one for each of the 2 channels"
    )
  }

  private func dense(_ weights: Tensor, bias: [Float]? = nil) throws -> ConvolutionLayer {
    ConvolutionLayer(
      try Convolution(
        weights: weights, bias: bias.map { Tensor([$0.count], $0) }, window: Window(kernel: [])))
  }

  private func chain(_ layers: [any Layer], _ shape: Shape) throws -> Model {
    var builder = ModelBuilder(name: "chain")
    var last = try builder.add(InputLayer(shape: shape), name: "input")
    for (index, layer) in layers.enumerated() {
      last = try builder.add(layer, name: "layer-\(index)", after: [last])
    }
    return try builder.model()
  }
}
