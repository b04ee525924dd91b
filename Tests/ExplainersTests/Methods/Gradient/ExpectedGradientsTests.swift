import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct ExpectedGradientsTests {
  @Test(arguments: ["signal-relu", "image-relu", "signal-smooth"], ScoreSpace.allCases)
  func equalTheFormulaWithTheSameDraws(name: String, space: ScoreSpace) throws {
    let answers = try PathAnswers(name, in: space)
    let method = ExpectedGradients(
      over: .tensor(try answers.background()), samples: 7, deviation: 0.2, seed: 3)
    for (item, (input, target)) in answers.items.enumerated() {
      let found = try answers.model.explain(input, with: method, for: target)
      try answers.check(found.map, item, "expected-gradients/map")
      try answers.check(try #require(found.standardError), item, "expected-gradients/error", within: 1e-4)
      let expected = try answers.number(item, "expected-gradients/baseline-score")
      #expect(abs(try #require(found.baselineScore) - expected) <= 1e-5 * max(abs(expected), 1))
      #expect(found.passes == 7 + 3 + 1)
    }
  }

  /// With one baseline, the mean over many points is the integral that integrated gradients take along the path.
  @Test func oneBaselineGivesIntegratedGradients() throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let found = try model.explain(network.input(), with: .expectedGradients(over: .zero, samples: 4000))
    let integrated = try model.explain(network.input(), with: .integratedGradients(steps: 500)).map
    let errors = try #require(found.standardError).values
    for (index, (a, b)) in zip(found.map.values, integrated.values).enumerated() {
      #expect(abs(a - b) <= 5 * errors[index] + 1e-6)
    }
  }

  @Test func memoryDoesNotGrowWithSamples() throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 1)
    network.probe = probe
    let model = try network.model()
    _ = try model.explain(network.input(), with: .expectedGradients(over: .zero, samples: 150))
    #expect(probe.counts.items == 152 && probe.counts.largestBatch == model.streamed(150).largest)
  }

  @Test func aBackgroundOfAnotherShapeIsRefused() throws {
    let network = TinyNetwork(rank: 1)
    let shape = network.input().shape
    let wrong = Tensor(shape.with(channels: shape.channels + 1))
    #expect(throws: ExplanationError.baselineShape(expected: shape, found: wrong.shape)) {
      try network.model().explain(network.input(), with: .expectedGradients(over: .tensor(wrong)))
    }
  }
}
