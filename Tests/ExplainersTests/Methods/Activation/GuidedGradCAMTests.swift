import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct GuidedGradCAMTests {
  @Test(arguments: 1...3, Interpolation.allCases)
  func isTheProductOfBothMaps(rank: Int, interpolation: Interpolation) throws {
    let network = TinyNetwork(rank: rank)
    let model = try network.model()
    let found = try model.explain(
      network.input(), with: .guidedGradCAM(at: "pool", interpolation: interpolation))
    let coarse = try model.explain(network.input(), with: .gradCAM(at: "pool", interpolation: interpolation))
    let fine = try model.explain(network.input(), with: .guidedBackprop)
    let spread = coarse.map.values.flatMap { [$0, $0] }
    #expect(found.map == fine.map * Tensor(fine.map.shape, spread))
    #expect(found.layer == "pool" && found.layerMap == coarse.layerMap && found.preset == .signed)
    #expect(found.method == "guided-grad-cam" && found.parameters == coarse.parameters)
  }
}
