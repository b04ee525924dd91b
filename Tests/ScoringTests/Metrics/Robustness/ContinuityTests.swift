import Scoring
import TensorCore
import Testing

@Suite struct ContinuityTests {
  @Test(arguments: RobustnessAnswers.networks, ["zero", "edge", "minimum"])
  func valuesAreThoseOfTheFormula(network: String, fill: String) throws {
    try RobustnessAnswers.check(
      "continuity", ["steps": "9", "fill": fill], is: "continuity-\(fill)", on: network)
  }

  /// Shifted by -1 and 1 the input (1, 0, 0) becomes zeros, at a distance of 1, and (0, 1, 0).
  ///
  /// The map (1, 1, 0) becomes the gradient (1, 1, 1).
  @Test func takesTheStrongestChange() throws {
    let judged = JudgedMap(map: [1, 1, 0], input: [1, 0, 0], weights: [1, 1, 1])
    #expect(try judged.score("continuity", ["steps": "2"]).value == 1)
    // In units of 2 the inputs are twice as far apart.
    let wide = JudgedMap(map: [1, 1, 0], input: [2, 0, 0], weights: [1, 1, 1])
    #expect(try wide.score("continuity", ["steps": "2"]).value == 0.5)
  }

  @Test func needsAShiftThatChangesSomething() throws {
    let even = JudgedMap(map: [1, 2, 3], input: [4, 4, 4], weights: [1, 1, 1])
    #expect(try even.score("continuity", ["fill": "edge"]).reason == "no shift changes the input")
    let single = JudgedMap(map: [1], input: [4], weights: [1])
    #expect(try single.score("continuity").reason == "no shift changes the input")
    #expect(
      throws: ScoringError.badParameter(
        metric: "continuity", name: "reach", value: "0", expected: "a number above 0, up to 1")
    ) {
      try even.score("continuity", ["reach": "0"])
    }
  }
}
