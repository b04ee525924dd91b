import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct XGradCAMTests {
  @Test func workedExample() throws {
    // w1 = (.5 + .2 - .2) / 4 = .125, w2 = (.2 + .8 + .1) / 4 = .275.
    let chosen = ChosenGradients()
    let found = try chosen.model().explain(chosen.input, with: .xGradCAM())
    for (value, right) in zip(found.map.values, [0.125, 0.525, 0.55, 0.4] as [Float]) {
      #expect(abs(value - right) < 1e-6)
    }
    // With these weights the map sums to the score of a network that is linear behind the layer.
    #expect(abs(found.map.sum - found.score) < 1e-6)
  }

  @Test func aFeatureMapOfZerosHasNoWeight() throws {
    // The second map is zero: w1 = .125, map = .125 A1.
    let chosen = ChosenGradients(maps: [1, 0, 2, 0, 0, 0, 1, 0])
    let found = try chosen.model().explain(chosen.input, with: .xGradCAM())
    for (value, right) in zip(found.map.values, [0.125, 0.25, 0, 0.125] as [Float]) {
      #expect(abs(value - right) < 1e-6)
    }
  }
}
