import Scoring
import TensorCore
import TestSupport
import Testing

/// What holds for every metric that judges explanations on their own, with any settings and any number of axes.
@Suite struct MetricContractTests {
  static func score(_ sample: MetricCase, _ explanation: ScoredExplanation) throws -> MetricScore {
    let metric = try #require(try sample.metric() as? any ItemMetric)
    return try metric.score(explanation)
  }

  @Test(arguments: MetricCase.items, [1, 2, 3])
  func valuesAreFiniteAndRepeat(sample: MetricCase, rank: Int) throws {
    let judged = JudgedNetwork(rank: rank)
    let first = try Self.score(sample, judged.explanation())
    #expect(first.value != nil || first.reason != nil)
    #expect(first.curve.filter { !$0.isFinite }.isEmpty)
    let second = try Self.score(sample, judged.explanation())
    #expect(first == second)
  }

  /// The same network seen with an axis of extent one in front says the same.
  @Test(arguments: MetricCase.items, [1, 2])
  func embeddingLaw(sample: MetricCase, rank: Int) throws {
    let plain = JudgedNetwork(rank: rank)
    var embedded = plain
    embedded.network.leadingAxes = 1
    let first = try Self.score(sample, plain.explanation())
    let second = try Self.score(sample, embedded.explanation())
    #expect((first.value == nil) == (second.value == nil))
    if let one = first.value, let other = second.value {
      #expect(abs(one - other) <= 1e-5 * max(abs(one), 1))
    }
  }

  /// Maps that are zero, constant, huge or single points have a finite value or a reason for none.
  @Test(arguments: MetricCase.items)
  func strangeMapsAreJudgedOrRefused(sample: MetricCase) throws {
    let judged = JudgedNetwork(rank: 1)
    let changes: [@Sendable (Tensor) -> Tensor] = [
      { Tensor($0.shape) }, { Tensor($0.shape, repeating: 1) }, { Tensor($0.shape, repeating: -2) },
      { $0 * 1e30 }, { Tensor($0.shape, (0..<$0.count).map { $0 == 3 ? 1 : 0 }) },
    ]
    for change in changes {
      let score = try Self.score(sample, judged.explanation(changing: change))
      #expect((score.value == nil) == (score.reason != nil))
      #expect(score.curve.filter { !$0.isFinite }.isEmpty)
    }
  }
}
