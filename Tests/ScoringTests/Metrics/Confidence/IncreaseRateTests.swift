import Scoring
import Testing

@Suite struct IncreaseRateTests {
  /// Keeping x0 alone raises the logit from 1 to 2; keeping x1 alone lowers it to -1.
  @Test(arguments: [([3, 2, 1, 0], 1.0), ([2, 3, 1, 0], 0.0)] as [([Float], Double)])
  func saysWhetherConfidenceGrows(map: [Float], expected: Double) throws {
    let judged = JudgedMap(map: map, input: [2, -1, 5, 5], weights: [1, 1, 0, 0])
    #expect(try judged.score("increase-rate", ["fraction": "0.25"]).value == expected)
  }

  /// From logit 20 to 21 the probability grows by 1.3e-9, which Float32 cannot hold.
  @Test func roundedProbabilitiesHideTinyIncreases() throws {
    let judged = JudgedMap(map: [1, 0], input: [21, -1], weights: [1, 1])
    #expect(try judged.score("increase-rate", ["fraction": "0.5"]).value == 0)
    #expect(try judged.score("increase-rate", ["fraction": "0.5", "precision": "float64"]).value == 1)
  }
}
