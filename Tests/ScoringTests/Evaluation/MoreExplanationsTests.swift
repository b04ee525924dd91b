import Explainers
import Networks
import Scoring
import Synchronization
import TensorCore
import TestSupport
import Testing

/// What metrics say of the explanations that they make.
@Suite struct MoreExplanationsTests {
  /// Metrics that explain again, with few samples.
  private static let settings: [(id: String, values: [String: String])] = [
    ("local-lipschitz", ["samples": "5"]), ("max-sensitivity", ["samples": "3"]),
    ("continuity", ["steps": "4"]), ("model-parameter-randomisation", [:]), ("smooth-mprt", ["samples": "2"]),
    ("efficient-mprt", [:]), ("random-logit", [:]), ("sparseness", [:]), ("road", [:]),
  ]

  private static func metric(_ id: String, _ values: [String: String]) throws -> any AttributionMetric {
    try MetricCatalog.metric(id, settings: MetricSettings(metric: id, values: values))
  }

  /// As many explanations are made as were promised, besides the one that is judged.
  @Test(arguments: settings.map(\.id))
  func asManyAreMadeAsPromised(id: String) throws {
    let values = try #require(Self.settings.first { $0.id == id }).values
    let metric = try Self.metric(id, values)
    let network = TinyNetwork(rank: 1)
    let calls = CountingExplainer.Calls()
    let evaluation = Evaluation(of: [CountingExplainer(calls)], by: [metric])
    let model = try network.model()
    _ = try evaluation.judge(network.input(), called: "x", of: model)
    let promised = metric.moreExplanations(of: model)?.count ?? 0
    #expect(calls.count.withLock { $0 } == 1 + promised)
    #expect((promised > 0) == !["sparseness", "road"].contains(id))
  }

  @Test func sharedExplanationsCountOnce() throws {
    let metrics = try [
      Self.metric("avg-sensitivity", [:]), Self.metric("sparseness", [:]), Self.metric("random-logit", [:]),
      Self.metric("max-sensitivity", [:]), Self.metric("local-lipschitz", ["samples": "9"]),
    ]
    let model = try TinyNetwork(rank: 1).model()
    let found = Evaluation(of: [.gradient], by: metrics).moreExplanations(of: model)
    #expect(
      found.map(\.metrics) == [
        ["avg-sensitivity", "max-sensitivity"], ["random-logit"], ["local-lipschitz"],
      ])
    #expect(found.map(\.count) == [200, 1, 9])
  }

  /// An item of many explanations tells how far it has come while it is judged.
  @Test func progressWithinAnItem() throws {
    let network = TinyNetwork(rank: 1)
    let metrics = try Self.settings.map { try Self.metric($0.id, $0.values) }
    let shares = Heard()
    _ = try Evaluation(of: [.gradient, .gradientTimesInput], by: metrics).judge(
      network.input(), called: "x", of: network.model()
    ) { share in shares.all.withLock { $0.append(share) } }
    let all = shares.all.withLock { $0 }
    #expect(all.allSatisfy { (0...1.000001).contains($0) })
    #expect(abs(try #require(all.last) - 1) < 1e-9)
    #expect(Set(all).count > 30)
    #expect(try #require(all.first) < 0.05)
  }

  private final class Heard: Sendable {
    let all = Mutex([Double]())
  }
}

/// The gradient, counted.
private struct CountingExplainer: Explainer {
  final class Calls: Sendable {
    let count = Mutex(0)
  }

  static let info = Gradient.info
  let calls: Calls

  init(_ calls: Calls) { self.calls = calls }

  func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    calls.count.withLock { $0 += 1 }
    return try Gradient().attribute(input, of: model, for: target)
  }
}
