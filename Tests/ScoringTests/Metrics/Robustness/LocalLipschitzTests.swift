import Scoring
import TensorCore
import Testing

@Suite struct LocalLipschitzTests {
  @Test(arguments: RobustnessAnswers.networks)
  func valuesAreThoseOfQuantus(network: String) throws {
    try RobustnessAnswers.check("local-lipschitz", ["samples": "20"], is: "local-lipschitz", on: network)
    try RobustnessAnswers.check(
      "local-lipschitz", ["samples": "20", "noise": "uniform", "magnitude": "0.3", "normalise": "false"],
      is: "local-lipschitz-uniform-raw", on: network)
  }

  /// The gradient of a linear model is the same everywhere.
  @Test(arguments: ["local-lipschitz", "max-sensitivity", "avg-sensitivity", "continuity"])
  func linearModelsHaveSteadyGradients(id: String) throws {
    let judged = JudgedMap(map: [1, -2, 3], input: [1, 2, 1], weights: [1, -2, 3])
    #expect(try judged.score(id).value == 0)
  }

  /// The map (1, 0) becomes the gradient (1, 1): one unit, divided by the length of the shortest noise.
  @Test func dividesByTheDistanceOfInputs() throws {
    let judged = JudgedMap(map: [1, 0], input: [5, 7], weights: [1, 1])
    var random = NumPyLegacyRandom(seed: 4)
    let lengths = (0..<3).map { _ -> Double in
      let x = Double(Float(5 + 0.1 * random.standardNormal())) - 5
      let y = Double(Float(7 + 0.1 * random.standardNormal())) - 7
      return (x * x + y * y).squareRoot()
    }
    let shortest = try #require(lengths.min())
    let found = try #require(try judged.score("local-lipschitz", ["samples": "3"], seed: 4).value)
    #expect(abs(found - 1 / shortest) < 1e-9 / shortest)
    // With the range, 2, as the unit noise is twice as long.
    let scaled = try judged.score("local-lipschitz", ["samples": "3", "unit": "range"], seed: 4).value
    #expect(abs(try #require(scaled) - 1 / (2 * shortest)) < 1e-5 / shortest)
  }

  @Test func constantInputsHaveNoRange() throws {
    let judged = JudgedMap(map: [1, 0], input: [5, 5], weights: [1, 1])
    #expect(try judged.score("local-lipschitz", ["unit": "range"]).reason == "noise did not change the input")
    #expect(try judged.score("max-sensitivity", ["unit": "range"]).reason == "noise did not change the input")
  }

  @Test func refusesNoNoise() throws {
    #expect(
      throws: ScoringError.badParameter(
        metric: "local-lipschitz", name: "magnitude", value: "0", expected: "a number above 0, up to 1e9")
    ) { try JudgedMap(map: [1], input: [1], weights: [1]).score("local-lipschitz", ["magnitude": "0"]) }
  }
}
