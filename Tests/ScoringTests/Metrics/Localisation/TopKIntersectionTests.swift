import Scoring
import Testing

@Suite struct TopKIntersectionTests {
  @Test(arguments: LocalisationAnswers.extents)
  func valuesAreThoseOfQuantus(extents: [Int]) throws {
    try LocalisationAnswers.check("top-k-intersection", over: extents)
  }

  static let judged = JudgedMap(
    map: [5, 4, 3, 2, 1, 0], input: [1, 1, 1, 1, 1, 1], weights: [1, 1, 1, 1, 1, 1],
    evidence: [1, 0, 1, 1, 0, 0])

  /// Of the highest two positions one is evidence, of the highest three two; there are three positions of evidence, so ten become three.
  @Test(arguments: [("1", 1.0), ("2", 0.5), ("3", 2 / 3.0), ("10", 2 / 3.0)] as [(String, Double)])
  func sharesOfTheHighest(k: String, expected: Double) throws {
    #expect(try Self.judged.score("top-k-intersection", ["k": k]).value == expected)
  }

  /// Half of the positions are evidence: half of two, times two.
  @Test func weightedByTheSizeOfTheEvidence() throws {
    #expect(try Self.judged.score("top-k-intersection", ["k": "2", "weighted": "true"]).value == 1)
  }

  /// 2 % of 150 positions are three.
  @Test func usuallyTheHighestTwoPercent() throws {
    let ones = [Float](repeating: 1, count: 150)
    var judged = JudgedMap(map: (0..<150).map { Float(150 - $0) }, input: ones, weights: ones)
    judged.evidence = (0..<150).map { $0 < 2 || $0 > 140 ? 1 : 0 }
    #expect(try judged.score("top-k-intersection").value == 2 / 3.0)
  }
}
