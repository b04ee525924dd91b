import Scoring
import Testing

@Suite struct ROADTests {
  @Test(arguments: FaithfulnessAnswers.networks)
  func valuesAreThoseOfSciPy(network: String) throws {
    try FaithfulnessAnswers.check("road", of: network)
  }

  static let judged = JudgedMap(map: [0, 3, 2, 1], input: [0, 9, 9, 6], weights: [0, 1, 0, 0])

  // Half of the positions are removed. The highest are 1 and 2, which become 2 and 4 on the line from 0 to 6: the logit falls from 9 to 2.
  // The lowest are 0 and 3, which take the value beside them: it stays.
  @Test(
    arguments: [("highest-first", 7, [9, 2]), ("lowest-first", 0, [9, 9]), ("both", 3.5, [0, 3.5])]
      as [(String, Double, [Double])])
  func removedPositionsAreFilledIn(order: String, expected: Double, curve: [Double]) throws {
    let settings = ["steps": "1", "noise": "0", "space": "logit", "order": order]
    let score = try Self.judged.score("road", settings)
    #expect(abs((score.value ?? .nan) - expected) < 1e-5)
    #expect(score.curve.count == 2 && zip(score.curve, curve).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func noiseIsDrawnFromTheSeed() throws {
    let settings = ["noise": "0.5", "space": "logit"]
    let values = try [1, 1, 2].map { try Self.judged.score("road", settings, seed: $0).value }
    #expect(values[0] == values[1])
    #expect(values[0] != values[2])
  }
}
