import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct IntegratedGradCAMTests {
  /// Feature maps grow with the input and gradients stay: the map is that of Grad-CAM times the mean of the rule's nodes.
  @Test(arguments: [(.midpoint, 0.5), (.left, 0.49), (.right, 0.51)] as [(PathRule, Float)])
  func linearNetworkByHand(rule: PathRule, mean: Float) throws {
    let chosen = ChosenGradients()
    let found = try chosen.model().explain(chosen.input, with: .integratedGradCAM(rule: rule))
    for (value, right) in zip(found.map.values, [0.1, 0.3, 0.2, 0.2] as [Float]) {
      #expect(abs(value - mean * right) < 1e-6)
    }
  }

  @Test(arguments: 1...3, ScoreSpace.allCases)
  func oneStepToTheInputIsGradCAM(rank: Int, space: ScoreSpace) throws {
    let network = TinyNetwork(rank: rank)
    let model = try network.model()
    let target = Target(.top, in: space)
    let found = try model.explain(
      network.input(), with: .integratedGradCAM(steps: 1, rule: .right, reference: .zero), for: target)
    let gradCAM = try model.explain(network.input(), with: .gradCAM(), for: target)
    #expect(found.map.distance(to: gradCAM.map) < 1e-6)
  }

  /// From the input itself nothing changes on the way.
  @Test func withoutAWayThereIsNoMap() throws {
    let network = TinyNetwork(rank: 1)
    let method = IntegratedGradCAM(steps: 3, baseline: .tensor(network.input()))
    #expect(try network.model().explain(network.input(), with: method).map.values.allSatisfy { $0 == 0 })
  }

  @Test func passesAndMemory() throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 1)
    network.probe = probe
    let model = try network.model()
    let method = IntegratedGradCAM(
      FeatureMapOptions(layers: ["conv", "pool"]), steps: 200, baseline: .noise(samples: 2, seed: 0))
    let found = try model.explain(network.input(), with: method)
    // The item, and for each of two baselines itself and 200 steps that give the maps of both layers.
    #expect(probe.counts.items == 1 + 2 * (1 + 200) && found.passes == 1 + 2 * 200)
    #expect(probe.counts.largestBatch == model.streamed(200).largest && probe.counts.pullback == 0)
  }
}
