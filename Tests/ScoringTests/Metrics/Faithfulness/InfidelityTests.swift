import Scoring
import Testing

@Suite struct InfidelityTests {
  @Test(arguments: FaithfulnessAnswers.networks)
  func valuesAreThoseOfTheFormula(network: String) throws {
    try FaithfulnessAnswers.check("infidelity", of: network)
  }

  static let judged = JudgedMap(map: [0.5, 1], input: [1, 2], weights: [1, 1])

  // Windows of one position: foretold .5 and 1, found 1 and 2. Unscaled ((.5)^2 + 1^2) / 2, with the scale 2 nothing is left.
  @Test func windowsAreForetoldBySums() throws {
    #expect(try Self.judged.score("infidelity", ["window": "1", "scaling": "false"]).value == 0.625)
    #expect(try Self.judged.score("infidelity", ["window": "1"]).value == 0)
  }

  /// A map of the wrong sign is not forgiven: its scale is zero, and (1 + 4) / 2 is left.
  @Test func scalesAreNotNegative() throws {
    var judged = Self.judged
    judged.map = [-0.5, -1]
    #expect(try judged.score("infidelity", ["window": "1"]).value == 2.5)
    judged.map = [0, 0]
    #expect(try judged.score("infidelity", ["window": "1"]).value == 2.5)
  }

  /// The slopes of a linear model foretell any noise.
  @Test func noiseIsForetoldBySlopes() throws {
    let judged = JudgedMap(map: [3, -2, 1], input: [1, 2, 4], weights: [3, -2, 1])
    let settings = ["perturbation": "noise", "scaling": "false"]
    let slopes = try #require(try judged.score("infidelity", settings).value)
    #expect(slopes < 1e-10)
    var other = judged
    other.map = [1, 1, 1]
    #expect((try other.score("infidelity", settings).value ?? 0) > 0.1)
  }
}
