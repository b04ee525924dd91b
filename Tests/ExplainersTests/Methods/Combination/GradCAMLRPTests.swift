import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct GradCAMLRPTests {
  /// Against the formula in NumPy and SciPy, on Grad-CAM and Captum's relevance in float64.
  @Test(arguments: RelevanceAnswers.names)
  func agreesWithTheFormula(name: String) throws {
    let answers = try RelevanceAnswers(name)
    let names = try answers.stored.names(in: "grad-cam-lrp")
    #expect(names.count == 18)
    for (item, (input, target)) in answers.items.enumerated() {
      for name in names {
        let parts = name.split(separator: "-").map(String.init)
        let settings = MethodSettings(
          method: "grad-cam-lrp",
          values: ["threshold": parts[0], "sigma": parts[1], "positive": "\(parts[2] == "positive")"])
        let found = try answers.model.explain(
          input, with: MethodCatalog.method("grad-cam-lrp", settings: settings), for: target)
        try answers.check(found.map, item, "grad-cam-lrp/\(name)", bound: answers.bound)
        #expect(found.preset == (parts[2] == "positive" ? .nonNegative : .signed))
      }
    }
  }

  /// Otsu's threshold is that of the map from 0 to 1, whose upper class is kept: giving the next number gives the same map.
  @Test func otsu() throws {
    let network = TinyNetwork(rank: 2)
    let model = try network.model()
    let cam = try model.explain(network.input(), with: .gradCAM()).map
    let (low, high) = (cam.minimum, cam.maximum)
    let limit = Otsu.threshold(of: cam.values.map { ($0 - low) / (high - low) })
    #expect(limit > 0 && limit < 1)
    let expected = try model.explain(
      network.input(), with: .gradCAMLRP(threshold: .share(Double(limit.nextUp)), sigma: 0))
    let found = try model.explain(network.input(), with: .gradCAMLRP(threshold: .otsu, sigma: 0))
    #expect(found.map == expected.map)
    let all = try model.explain(network.input(), with: .gradCAMLRP(threshold: .share(0), sigma: 0))
    #expect(found.map.values.count { $0 != 0 } < all.map.values.count { $0 != 0 })
  }

  /// With everything kept, no blur and a constant activation map of ones nothing would be left but the relevance; a constant map has no
  /// strong parts and gives zeros.
  @Test func constantActivationMap() throws {
    let network = TinyNetwork(rank: 1)
    let found = try network.model().explain(
      Tensor(network.inputShape), with: .gradCAMLRP(threshold: .share(0), sigma: 0))
    #expect(found.map.values.allSatisfy { $0 == 0 })
    #expect(!found.relevanceByLayer.isEmpty && found.layer != nil)
  }
}
