import Scoring
import Testing

@Suite struct PointingGameTests {
  @Test(arguments: LocalisationAnswers.extents)
  func valuesAreThoseOfQuantus(extents: [Int]) throws {
    try LocalisationAnswers.check("pointing-game", over: extents)
  }

  static let judged = JudgedMap(
    map: [0, 3, 1, 3, -5, 0], input: [1, 1, 1, 1, 1, 1], weights: [1, 1, 1, 1, 1, 1])

  /// The largest value stands at positions 1 and 3; evidence at 3 is a hit, at 5 it is two positions away from 3.
  @Test(arguments: [(3, "0", 1.0), (5, "0", 0.0), (5, "1", 0.0), (5, "2", 1.0)] as [(Int, String, Double)])
  func anyHighestPositionCounts(evidence: Int, tolerance: String, expected: Double) throws {
    var judged = Self.judged
    judged.evidence = (0..<6).map { $0 == evidence ? 1 : 0 }
    #expect(try judged.score("pointing-game", ["tolerance": tolerance]).value == expected)
  }

  /// By magnitude position 4 is the highest.
  @Test func absoluteValuesPointElsewhere() throws {
    var judged = Self.judged
    judged.evidence = [0, 0, 0, 0, 1, 0]
    #expect(try judged.score("pointing-game").value == 0)
    #expect(try judged.score("pointing-game", ["form": "absolute"]).value == 1)
  }

  /// A disc, not a square: one row and one column away is 1.41 positions.
  @Test func distancesAreEuclidean() throws {
    var judged = JudgedMap(
      map: [1, 0, 0, 0, 0, 0, 0, 0, 0], input: Array(repeating: 1, count: 9),
      weights: Array(repeating: 1, count: 9))
    judged.extents = [3, 3]
    judged.evidence = [0, 0, 0, 0, 1, 0, 0, 0, 0]
    #expect(try judged.score("pointing-game", ["tolerance": "1"]).value == 0)
    #expect(try judged.score("pointing-game", ["tolerance": "2"]).value == 1)
  }

  @Test func constantMapsPointNowhere() throws {
    var judged = Self.judged
    judged.evidence = [1, 1, 1, 0, 0, 0]
    judged.map = Array(repeating: 2, count: 6)
    let score = try judged.score("pointing-game")
    #expect(score.value == nil)
    #expect(score.reason == "the map is the same everywhere, so no position is above another")
  }
}
