import Explainers
import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct IntegratedGradientsTests {
  private func network(_ name: String) throws -> (model: Model, item: Tensor) {
    let folder = Bundle.module.bundlePath + "/Resources"
    let answers = try StoredAnswers("\(folder)/\(name).answers.h5")
    return (try Model(keras: "\(folder)/\(name).h5"), try answers.tensor("input").item(0))
  }

  private func gap(
    _ network: (model: Model, item: Tensor), _ rule: PathRule, _ steps: Int, _ space: ScoreSpace = .logit
  ) throws -> Double {
    let method = IntegratedGradients(steps: steps, rule: rule)
    let found = try network.model.explain(network.item, with: method, for: Target(.top, in: space))
    return abs(try #require(found.completenessGap))
  }

  @Test(arguments: PathRule.allCases)
  func oneStepIsExactForALinearModel(rule: PathRule) throws {
    let network = try network("signal-linear")
    let found = try network.model.explain(network.item, with: .integratedGradients(steps: 1, rule: rule))
    let gap = try #require(found.completenessGap)
    #expect(abs(gap) <= 1e-6 * max(abs(found.score), 1))
    let product = try network.model.explain(network.item, with: .gradientTimesInput)
    #expect(found.map.distance(to: product.map) <= 1e-6)
  }

  /// On a smooth model twice the steps halve the gap of the one-sided rules and quarter that of the symmetric ones.
  @Test(
    arguments: [(.left, 2), (.right, 2), (.midpoint, 4), (.trapezoid, 4)] as [(PathRule, Double)],
    ScoreSpace.allCases)
  func gapShrinksAtTheRateOfTheRule(rule: (PathRule, Double), space: ScoreSpace) throws {
    let network = try network("signal-smooth")
    let gaps = try [8, 16, 32].map { try gap(network, rule.0, $0, space) }
    #expect(gaps[0] > gaps[1] && gaps[1] > gaps[2])
    #expect(abs(gaps[1] / gaps[2] / rule.1 - 1) < 0.15, "\(gaps)")
  }

  @Test(arguments: ScoreSpace.allCases)
  func gaussAndLegendreConvergeFastest(space: ScoreSpace) throws {
    let network = try network("signal-smooth")
    let gauss = try gap(network, .gaussLegendre, 8, space)
    for rule in PathRule.allCases where rule != .gaussLegendre {
      #expect(try gauss < gap(network, rule, 8, space) / 10)
    }
    #expect(try gap(network, .gaussLegendre, 12, space) < 1e-6)
  }

  /// F = log(1 + e^x) from 0 to 2.
  @Test func oneNumberByHand() throws {
    var builder = ModelBuilder(name: "softplus")
    let input = try builder.add(InputLayer(shape: [1, 1]), name: "input")
    try builder.add(ActivationLayer(.softplus), name: "softplus", after: [input])
    let model = try builder.model()
    // Midpoint, two steps: nodes at x = 1/2 and 3/2, F' = sigmoid: 2 (.622459 + .817574) / 2 = 1.440034.
    // F(2) - F(0) = 2.126928 - .693147 = 1.433781, so the gap is .006253.
    let found = try model.explain(Tensor([1, 1], [2]), with: .integratedGradients(steps: 2))
    #expect(abs(found.map.values[0] - 1.440034) < 2e-6)
    #expect(abs(found.score - 2.126928) < 1e-6)
    #expect(abs(try #require(found.baselineScore) - 0.693147) < 1e-6)
    #expect(abs(try #require(found.completenessGap) - 0.006253) < 2e-6)
  }

  // F' is the logistic function: at x = 0, -1 and -2 it is .5, .268941 and .119203, on average .296048. The variant neither multiplies by
  // the input, which is negative, nor keeps signs.
  @Test func variantOfTFExplainByHand() throws {
    var builder = ModelBuilder(name: "softplus")
    let input = try builder.add(InputLayer(shape: [1, 1]), name: "input")
    try builder.add(ActivationLayer(.softplus), name: "softplus", after: [input])
    let method = IntegratedGradients(.steps(3, .midpoint), variant: .tfExplain)
    let found = try builder.model().explain(Tensor([1, 1], [-2]), with: method)
    #expect(abs(found.map.values[0] - 0.296048) < 1e-6)
    #expect(found.completenessGap == nil)
    #expect(found.passes == 4)
  }

  // The gradient of .5 a + c is .5, 0 and 1 everywhere. Mean .5, standard deviation sqrt(1/6) = .408248,
  // below the least of 1/sqrt(3) = .577350, so 255 z is 0, -220.84 and 220.84; modulo 256 the second is 36.
  @Test(arguments: [("tf-explain-uint8", [0, 0, 220]), ("tf-explain-uint8-wrapped", [0, 36, 220])])
  func imageOfTFExplainByHand(variant: String, expected: [Float]) throws {
    var builder = ModelBuilder(name: "three")
    let input = try builder.add(InputLayer(shape: [1, 3, 1]), name: "input")
    let dense = try Convolution(
      weights: Tensor([3, 1], [0.5, 0, 1]), bias: Tensor([1], [0]), window: Window(kernel: []))
    let flat = try builder.add(FlattenLayer(), name: "flatten", after: [input])
    try builder.add(ConvolutionLayer(dense), name: "dense", after: [flat])
    let settings = MethodSettings(method: "integrated-gradients", values: ["variant": variant])
    let method = try MethodCatalog.method("integrated-gradients", settings: settings)
    let found = try builder.model().explain(Tensor([1, 3, 1], [1, 2, 3]), with: method)
    #expect(found.map.values == expected)
    #expect(found.completenessGap == nil && found.preset == .nonNegative)
  }

  /// Maps that tf-explain computed, by `Scripts/make-tf-explain-answers.py`.
  @Test(arguments: ["signal-saturated", "image-relu"])
  func mapsOfTFExplain(name: String) throws {
    let folder = Bundle.module.bundlePath + "/Resources"
    let model = try Model(keras: "\(folder)/\(name).h5")
    let answers = try StoredAnswers("\(folder)/tf-explain.answers.h5")
    let inputs = try answers.tensor("\(name)/input")
    for (item, target) in try answers.integers("\(name)/target").enumerated() {
      func map(_ variant: IntegratedGradients.Variant) throws -> [Float] {
        let found = try model.explain(
          inputs.item(item), with: IntegratedGradients(variant: variant), for: Target(.top, in: .probability))
        #expect(found.target == target)
        return found.map.values
      }
      var comparison = MapComparison()
      comparison.add(try map(.tfExplain), try answers.row(item, of: "\(name)/gradient"))
      #expect(comparison.worst <= 1e-5)
      #expect(try map(.tfExplainUInt8) == answers.row(item, of: "\(name)/saturated"))
      #expect(try map(.tfExplainUInt8Wrapped) == answers.row(item, of: "\(name)/wrapped"))
    }
  }

  @Test(arguments: ["tf-explain", "tf-explain-uint8", "tf-explain-uint8-wrapped"])
  func variantsOfTFExplainHaveNoOtherRule(variant: String) {
    let settings = MethodSettings(
      method: "integrated-gradients", values: ["variant": variant, "rule": "left"])
    #expect(
      sentence { _ = try MethodCatalog.method("integrated-gradients", settings: settings) }
        == "integrated-gradients.variant=\(variant) and integrated-gradients.rule cannot be given together; leave one of them out"
    )
  }

  /// The class is chosen at the input, not anew at every point of the path.
  @Test func explainsTheClassOfTheInputAlongTheWholePath() throws {
    var builder = ModelBuilder(name: "linear")
    let input = try builder.add(InputLayer(shape: [1, 1]), name: "input")
    let weights = Tensor([1, 2], [3, -3])
    let dense = try Convolution(weights: weights, bias: Tensor([2], [-1, 1]), window: Window(kernel: []))
    try builder.add(ConvolutionLayer(dense), name: "dense", after: [input])
    // Logits 3 x - 1 and 1 - 3 x: at zero class 1 leads, at x = 2 class 0 with 5.
    let found = try builder.model().explain(Tensor([1, 1], [2]), with: .integratedGradients(steps: 3))
    #expect(found.target == 0)
    #expect(found.score == 5)
    #expect(found.baselineScore == -1)
    #expect(abs(found.map.values[0] - 6) < 1e-6)
  }

  /// One pass at the input, and for every draw of the baseline one score and one pass per node.
  @Test(arguments: PathRule.allCases, [1, 7, 200])
  func passesAndMemory(rule: PathRule, steps: Int) throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 1)
    network.probe = probe
    let model = try network.model()
    let nodes = rule.nodes(steps: steps).count
    _ = try model.explain(
      network.input(),
      with: .integratedGradients(steps: steps, rule: rule, baseline: .noise(samples: 2, seed: 0)))
    #expect(probe.counts.items == 1 + 2 * (1 + nodes))
    // No batch is larger than the model allows, whatever the number of steps.
    #expect(probe.counts.largestBatch == model.streamed(nodes).largest)
    #expect(probe.counts.largestBatch <= model.streamingBatch)
  }

  @Test(arguments: [(1, 64), (1 << 12, 16), (1 << 14, 4), (1 << 16, 1), (1 << 25, 1)])
  func batchesDependOnTheModelAlone(values: Int, items: Int) throws {
    var builder = ModelBuilder(name: "wide")
    let input = try builder.add(InputLayer(shape: [1, values, 1]), name: "input")
    try builder.add(IdentityLayer(), name: "identity", after: [input])
    // Two nodes of 4-byte numbers: 8 bytes per value; 512 KiB hold 2^16 values.
    #expect(try builder.model().streamingBatch == items)
  }

  @Test func seedsOfNoise() throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    func map(_ seed: UInt32) throws -> [UInt32] {
      let method = IntegratedGradients(steps: 4, baseline: .noise(samples: 2, seed: seed))
      return try model.explain(network.input(), with: method).map.bits
    }
    #expect(try map(1) == map(1))
    #expect(try map(1) != map(2))
  }

  @Test func aGivenBaseline() throws {
    let network = try network("signal-smooth")
    let given = Tensor(network.item.shape, repeating: 0.25)
    let settings = MethodSettings(
      method: "integrated-gradients", values: ["baseline": "b.npy"], baseline: given)
    let method = try MethodCatalog.method("integrated-gradients", settings: settings)
    let found = try network.model.explain(network.item, with: method)
    let target = Target(.index(found.target))
    #expect(found.baselineScore == (try network.model.score(target, at: given).scores[0]))
    #expect(abs(try #require(found.completenessGap)) < 1e-2)
    #expect(found.parameters.first { $0.name == "baseline" }?.value == "file")
    // From the input to itself there is nothing to explain.
    let none = try network.model.explain(
      network.item, with: .integratedGradients(steps: 3, baseline: .tensor(network.item)))
    #expect(none.map.values.allSatisfy { $0 == 0 } && none.completenessGap == 0)
  }
}
