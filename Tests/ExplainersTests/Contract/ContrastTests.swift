import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

/// The difference of two classes' scores as the score.
@Suite struct ContrastTests {
  private let network = TinyNetwork(rank: 1)

  @Test(arguments: MethodCatalog.methods.map(\.id), ScoreSpace.allCases)
  func scoresAreDifferences(id: String, space: ScoreSpace) throws {
    let test = MethodCase(id: id, values: [:])
    let network = test.network(rank: 1)
    let model = try network.model()
    let method = try test.method()
    let input = network.input()
    let scores = try (0..<3).map { try model.score(Target(.index($0), in: space), at: input).scores[0] }
    let found = try model.explain(input, with: method, for: Target(.index(2), in: space, versus: 0))
    #expect(found.target == 2 && found.versus == 0)
    #expect(abs(found.score - (scores[2] - scores[0])) <= 1e-6)
  }

  /// Of methods that are linear in the score the map of a difference is the difference of the maps.
  @Test(
    arguments: [
      "gradient", "gradient-times-input", "smooth-grad", "expected-gradients", "blur-integrated-gradients",
      "hires-cam", "lrp", "deep-lift", "occlusion", "feature-ablation",
    ], ScoreSpace.allCases)
  func mapsAreDifferences(id: String, space: ScoreSpace) throws {
    let model = try network.model()
    let hasRelu = MethodCatalog.methods.first { $0.id == id }?.parameters.contains { $0.name == "relu" }
    let values = hasRelu == true ? ["relu": "false"] : [:]
    let method = try MethodCatalog.method(id, settings: MethodSettings(method: id, values: values))
    func map(_ target: Target) throws -> Tensor {
      try model.explain(network.input(), with: method, for: target).map
    }
    let contrast = try map(Target(.index(2), in: space, versus: 1))
    let difference = try map(Target(.index(2), in: space)) - map(Target(.index(1), in: space))
    #expect(contrast.distance(to: difference) <= 1e-5)
  }

  @Test func aClassAgainstItselfIsNotedAndZero() throws {
    let found = try network.model().explain(
      network.input(), with: .gradient, for: Target(.index(1), versus: 1))
    #expect(found.score == 0 && found.map.values.allSatisfy { $0 == 0 })
    #expect(found.notes == ["a class was contrasted with itself, so its score and its map are zero"])
  }

  @Test func aClassThatIsNotThereIsRefused() throws {
    #expect(throws: ExplanationError.model(.noSuchClass(index: 3, classes: 3))) {
      try network.model().explain(network.input(), with: .gradient, for: Target(.top, versus: 3))
    }
  }
}
