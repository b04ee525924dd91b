import Scoring
import TestSupport
import Testing

@Suite struct ROCCurveTests {
  @Test func curvesAreThoseOfScikitLearn() throws {
    let answers = try StoredAnswers(ScoringFixture.path("statistics.answers.h5"))
    let actual = try answers.integers("roc/actual")
    let rows = try actual.indices.map { try answers.doubles($0, of: "roc/scores") }
    let curves = ROCCurve.oneVersusRest(rows, actual: actual, classes: 3)
    for (curve, area) in try zip(curves, answers.all("roc/areas")) {
      #expect(abs(try #require(curve).area - area) < 1e-12)
    }
    let points = try #require(curves[1]).points
    let found = [points.map(\.falsePositiveRate), points.map(\.truePositiveRate), points.map(\.threshold)]
    for (row, values) in found.enumerated() {
      let expected = try answers.doubles(row, of: "roc/points")
      #expect(values.count == expected.count)
      #expect(zip(values, expected).allSatisfy { $0 == $1 || abs($0 - $1) < 1e-15 })
    }
  }

  /// Scores .9+, .8-, .8+, .1-: three of four pairs are in order, one is equal.
  @Test func equalScoresCountHalf() throws {
    let curve = try #require(ROCCurve(scores: [0.8, 0.9, 0.1, 0.8], isPositive: [false, true, false, true]))
    #expect(curve.points.map(\.truePositiveRate) == [0, 0.5, 1, 1])
    #expect(curve.points.map(\.falsePositiveRate) == [0, 0, 0.5, 1])
    #expect(curve.area == 0.875)
  }

  @Test func oneKindOfItemsHasNoCurve() {
    #expect(ROCCurve(scores: [1, 2], isPositive: [true, true]) == nil)
    #expect(ROCCurve.oneVersusRest([[0.5, 0.5]], actual: [0], classes: 2).allSatisfy { $0 == nil })
  }
}
