import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct FeatureAblationTests {
  @Test(arguments: PerturbationAnswers.cases)
  func mapsAreThoseOfCaptum(name: String, space: ScoreSpace) throws {
    let answers = try PerturbationAnswers(name, space)
    #expect(try answers.worst(.featureAblation(), "feature-ablation-positions") <= 1e-5)
    let name = try #require(try answers.names(beginning: "feature-ablation-mean").first)
    let count = try #require(name.split(separator: "-").last.flatMap { Int($0) })
    let method = FeatureAblation(
      of: .segments, segmentation: Segmentation(.equal, count: count), baseline: .mean)
    #expect(try answers.worst(method, name) <= 1e-5)
  }

  /// Positions are hidden one by one up to 1,024 of them.
  @Test(arguments: [(1024, "positions"), (1025, "segments")])
  func segmentsWherePositionsAreMany(length: Int, features: String) throws {
    let network = TinyNetwork(extents: [length])
    let found = try network.model().explain(network.input(), with: .featureAblation())
    #expect(found.parameters[0] == .init("features", features))
    #expect(found.passes == 1 + (features == "positions" ? length : 20))
  }
}
