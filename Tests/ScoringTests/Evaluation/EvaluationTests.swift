import Explainers
import Scoring
import TensorCore
import TestSupport
import Testing

@Suite struct EvaluationTests {
  /// The mean curve and ranks of two methods over two items, by hand.
  @Test func summaryRanksByDirection() throws {
    let evaluation = Evaluation(
      of: [Gradient(), GradientTimesInput()],
      by: [try MetricCatalog.metric("insertion"), try MetricCatalog.metric("deletion")])
    var summary = EvaluationSummary(methods: ["one", "other"], of: evaluation)
    summary.add([
      [MetricScore(0.5, curve: [0, 1]), MetricScore(0.5)], [MetricScore(0.25), .undefined("no reason")],
    ])
    summary.add([
      [MetricScore(0.7, curve: [1, 1]), MetricScore(0.1)], [MetricScore(0.95), MetricScore(0.2)],
    ])
    #expect(summary.ranks(0) == [1.5, 1.5])
    #expect(summary.ranks(1) == [2, 1])
    #expect(summary.known(1, 1) == [0.2])
    #expect(summary.reasons[1] == ["no reason": 1])
    let curve = summary.curve(0, 0)
    #expect(curve.map(\.mean) == [0.5, 1])
    #expect(curve.map(\.standardError) == [0.5, 0])
    #expect(summary.curve(1, 1).isEmpty)
  }

  /// Values depend on the seed and the item's name alone.
  @Test func judgementsRepeat() throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let metrics = try ["drop-rate", "deletion"].map { try MetricCatalog.metric($0) }
    let evaluation = Evaluation(of: [Gradient()], by: metrics, seed: 4)
    let first = try evaluation.judge(network.input(), called: "a", of: model)
    let second = try evaluation.judge(network.input(), called: "a", of: model)
    #expect(first.scores == second.scores)
    #expect(first.scores.scores.map(\.count) == [2])
    #expect(first.scores.outputs.count == 3)
    #expect(evaluation.withoutItemMetrics.itemMetrics.isEmpty)
  }
}
