import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct HiResCAMTests {
  @Test func workedExample() throws {
    // G1 A1 + G2 A2 = [[.5, .2 + .2], [.8, -.2 + .1]].
    let chosen = ChosenGradients()
    let found = try chosen.model().explain(chosen.input, with: .hiResCAM())
    for (value, right) in zip(found.map.values, [0.5, 0.4, 0.8, 0] as [Float]) {
      #expect(abs(value - right) < 1e-6)
    }
    let signed = try #require(found.layerMap)
    #expect(abs(signed.values[3] + 0.1) < 1e-6)
    // Nothing but the linear output lies behind the maps, and it has no bias.
    #expect(abs(signed.sum - found.score) < 1e-6)
  }

  /// The gradient before a global average pooling is the same at all positions.
  @Test(arguments: 1...3, ScoreSpace.allCases)
  func isGradCAMBeforeAGlobalAveragePooling(rank: Int, space: ScoreSpace) throws {
    var network = TinyNetwork(rank: rank)
    network.endsInGlobalMean = true
    let model = try network.model()
    let target = Target(.index(1), in: space)
    let found = try model.explain(network.input(), with: .hiResCAM(isRectified: false), for: target).map
    let gradCAM = try model.explain(network.input(), with: .gradCAM(isRectified: false), for: target).map
    #expect(found.distance(to: gradCAM) < 1e-6)
  }
}
