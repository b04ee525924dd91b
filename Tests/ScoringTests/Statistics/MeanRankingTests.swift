import Scoring
import TestSupport
import Testing

@Suite struct MeanRankingTests {
  @Test func meansAreThoseOfSciPy() throws {
    let answers = try StoredAnswers(ScoringFixture.path("means.answers.h5"))
    let rows = try (0..<25).map { try answers.doubles($0, of: "ranks/rows").map(Optional.some) }
    for (direction, name) in [(MetricInfo.Direction.lower, "lower"), (.higher, "higher")] {
      let ranking = MeanRanking(of: rows, direction: direction)
      #expect(ranking.items == 25)
      let (found, expected) = (try #require(ranking.ranks), try answers.doubles("ranks/\(name)"))
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  /// Places (1, 2.5, 2.5) and (3, 1, 2); the item without a value of every method does not count.
  @Test func leavesOutIncompleteItems() {
    let ranking = MeanRanking(of: [[9, 5, 5], [nil, 1, 2], [0, 2, 1]], direction: .higher)
    #expect(ranking.ranks == [2, 1.75, 2.25] && ranking.items == 2)
    #expect(MeanRanking(of: [[nil, 1]], direction: .lower).ranks == nil)
    #expect(MeanRanking(of: [], direction: .lower).items == 0)
  }
}
