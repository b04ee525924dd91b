import Explainers
import HDF5Files
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Relevance of the reference networks against zennit in float64.
///
/// The epsilon rule divides by sums that nearly cancel, so that the rounding of 32 bits shows; the other rules are right to 4e-6.
@Suite struct GoldenRelevanceTests {
  @Test(arguments: ["mnist1d", "hmt"])
  func relevanceAgreesWithFloat64(network: String) throws {
    let names = ["mnist1d": "MNIST1D", "hmt": "HMT"]
    guard isOptimized || network == "mnist1d", let name = names[network],
      let answersPath = Reference.path("golden/\(network).h5"),
      let modelPath = Reference.path("models/\(name).h5")
    else { return }
    let model = try Model(keras: modelPath)
    let answers = try HDF5File(reading: answersPath).root
    let inputs = try answers.dataset("input")
    let input = Tensor(Shape(inputs.shape), try inputs.floats())
    let targets = try answers.dataset("target").integers()
    let group = try answers.group("lrp")
    for label in try group.names() {
      let method = try #require(Self.methods[label], "\(label)")
      let dataset = try group.dataset(label)
      let expected = Tensor(Shape(dataset.shape), try dataset.floats())
      var comparison = MapComparison()
      for item in 0..<dataset.shape[0] {
        let found = try model.explain(input.item(item), with: method, for: .index(targets[item]))
        comparison.add(found.map.values, expected.item(item).values)
      }
      print("\(network) lrp/\(label): \(comparison)")
      #expect(comparison.worst <= 1e-4, "\(network) \(label)")
    }
  }

  private static let methods: [String: LRP] = [
    "epsilon": .lrp(.epsilon),
    "epsilon-plus": .lrp(.epsilonPlus),
    "epsilon-alpha2-beta1": .lrp(.epsilonAlpha2Beta1),
    "z-plus": .lrp(RelevanceComposite([.init(.any, ZPlusRule())])),
    "alpha2-beta1": .lrp(RelevanceComposite([.init(.any, AlphaBetaRule())])),
    "gamma": .lrp(RelevanceComposite([.init(.any, GammaRule())])),
    "w-square": .lrp(RelevanceComposite([.init(.any, WSquareRule())])),
    "flat": .lrp(RelevanceComposite([.init(.any, FlatRule())])),
  ]
}
