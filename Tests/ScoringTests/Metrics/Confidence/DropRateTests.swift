import Foundation
import Scoring
import Testing

@Suite struct DropRateTests {
  /// Class 0 has logit `x0 + x1`; its probability is the logistic function of that.
  static let judged = JudgedMap(map: [3, 2, 1, 0], input: [2, -1, 5, 5], weights: [1, 1, 0, 0])

  /// Keeping the highest of four positions (q = 1, threshold 2) leaves x0: logit 2 instead of 1, which is no drop.
  @Test func keepingWhatSpeaksForTheClassDropsNothing() throws {
    #expect(try Self.judged.score("drop-rate", ["fraction": "0.25"]).value == 0)
  }

  /// The map marks x1: keeping it alone leaves logit -1, so (s(1) - s(-1)) / s(1) of the confidence goes.
  @Test func keepingTheOppositeDropsAShare() throws {
    var judged = Self.judged
    judged.map = [2, 3, 1, 0]
    let expected = (logistic(1) - logistic(-1)) / logistic(1)
    let found = try #require(
      try judged.score("drop-rate", ["fraction": "0.25", "precision": "float64"]).value)
    #expect(abs(found - expected) < 1e-7)
  }

  /// q is 3 of 10: the fourth largest value is .5, and only one value is strictly larger.
  @Test func equalValuesAtTheThresholdAreLost() {
    let map = [1, 0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0]
    #expect(KeptEvidence(fraction: 0.3).weights(map) == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(KeptEvidence(fraction: 0.3, variant: .fraction).weights(map) == [1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
    #expect(KeptEvidence(variant: .soft).weights([-1, 1, 0]) == [0, 1, 0.5])
  }

  @Test func formsOfSigns() {
    let map = [-3.0, 2, 1]
    #expect(KeptEvidence(fraction: 0.34, variant: .fraction).weights(map) == [0, 1, 0])
    #expect(KeptEvidence(fraction: 0.34, variant: .fraction, form: .absolute).weights(map) == [1, 0, 0])
  }
}

/// The probability of class 0 for its logit, when the other class has logit 0.
func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
