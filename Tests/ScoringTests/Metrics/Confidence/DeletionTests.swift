import Scoring
import Testing

@Suite struct DeletionTests {
  /// The example of the area: (1, .8, .5, .1) gives (1/2 + .8 + .5 + .1/2) / 3.
  @Test func areaOfFourScores() {
    #expect(abs(RemovalCurve.area([1, 0.8, 0.5, 0.1]) - 0.616667) < 1e-6)
  }

  /// Logits 3, 1, 0 while x0 = 2, then x1 = 1 are hidden.
  @Test func hidesTheHighestFirst() throws {
    let judged = JudgedMap(map: [2, 1], input: [2, 1], weights: [1, 1])
    let score = try judged.score("deletion")
    let expected = [logistic(3), logistic(1), logistic(0)]
    #expect(score.curve.count == 3)
    #expect(zip(score.curve, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    let value = try #require(score.value)
    #expect(abs(value - (expected[0] / 2 + expected[1] + expected[2] / 2) / 2) < 1e-6)
  }

  /// The mean is 1.5: hidden values become it, so the logit stays 3 in the end.
  @Test func hiddenValuesCanBecomeTheMean() throws {
    let judged = JudgedMap(map: [2, 1], input: [2, 1], weights: [1, 1])
    let curve = try judged.score("deletion", ["baseline": "mean", "space": "logit"]).curve
    #expect(zip(curve, [3, 2.5, 3]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  /// Five positions by steps of two: three steps, the last of one.
  @Test func stepsOfSeveralPositions() throws {
    let judged = JudgedMap(map: [5, 4, 3, 2, 1], input: [1, 1, 1, 1, 1], weights: [1, 1, 1, 1, 1])
    let curve = try judged.score("deletion", ["step": "2", "space": "logit"]).curve
    #expect(curve == [5, 3, 1, 0])
  }
}
