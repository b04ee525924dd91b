import Explainers
import Networks
import Scoring
import TensorCore
import TestSupport
import Testing

@Suite struct MaxSensitivityTests {
  @Test(arguments: RobustnessAnswers.networks)
  func valuesAreThoseOfQuantus(network: String) throws {
    try RobustnessAnswers.check("max-sensitivity", ["samples": "20"], is: "max-sensitivity", on: network)
    try RobustnessAnswers.check(
      "max-sensitivity", ["samples": "20", "relative": "false"], is: "max-sensitivity-absolute", on: network)
  }

  /// The map (3, 4) of length 5 becomes the gradient (3, 16): 12 units, whatever the noise.
  @Test func isTheShareOfTheMapsLength() throws {
    let judged = JudgedMap(map: [3, 4], input: [1, 1], weights: [3, 16])
    #expect(try judged.score("max-sensitivity").value == 2.4)
    #expect(try judged.score("max-sensitivity", ["relative": "false"]).value == 12)
  }

  @Test func mapsOfZerosHaveNoLength() throws {
    let judged = JudgedMap(map: [0, 0], input: [1, 1], weights: [3, 16])
    #expect(try judged.score("max-sensitivity").reason == "the map is zero everywhere")
    #expect(try judged.score("max-sensitivity", ["relative": "false"]).value == 265.0.squareRoot())
  }

  /// A method that counts how often it is asked.
  private struct Counting: Explainer {
    static let info = Gradient.info
    let count: Counter
    final class Counter: @unchecked Sendable { var calls = 0 }

    func attribute(_ input: Tensor, of model: Model, for target: Target) throws(ExplanationError)
      -> Attribution
    {
      count.calls += 1
      return try Gradient().attribute(input, of: model, for: target)
    }
  }

  /// Both sensitivities, and the Lipschitz estimate when it asks for the same noise, take the same explanations.
  @Test func explanationsAreShared() throws {
    let model = try TinyNetwork(rank: 1).model()
    let method = Counting(count: .init())
    let attribution = try model.explain(TinyNetwork(rank: 1).input(), with: method)
    let explanation = try ScoredExplanation(attribution, by: method, of: model)
    method.count.calls = 0
    for id in ["max-sensitivity", "avg-sensitivity"] {
      _ = try ScoringFixture.score(id, ["samples": "6"], of: explanation)
    }
    _ = try ScoringFixture.score(
      "local-lipschitz", ["samples": "6", "noise": "uniform", "magnitude": "0.2"], of: explanation)
    #expect(method.count.calls == 6)
  }
}
