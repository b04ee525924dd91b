import Scoring
import TensorCore
import TestSupport
import Testing

/// In a linear model weight times input is the true relevance: every metric of faithfulness prefers it to a random map, in the direction that the
/// catalogue says.
@Suite struct LinearModelLawTests {
  static let metrics = MetricCatalog.metrics.filter { $0.family == .faithfulness && $0.id != "sufficiency" }
  private static let models: [UInt32] = [1, 2, 3, 4, 5, 6]

  /// The mean over several models of what a metric says of maps.
  private static func mean(
    _ id: String, _ extents: [Int], _ map: (UInt32, [Float]) -> [Float]
  ) throws -> Double {
    let values = try models.map { seed in
      let shape = Shape([extents.reduce(1, *)])
      let input = Tensor(shape, seed: seed).values
      var weights = Tensor(shape, seed: seed + 100).values
      // The explained class is the predicted one: shares of a probability near zero say nothing.
      if zip(input, weights).reduce(0, { $0 + $1.0 * $1.1 }) < 0 { weights = weights.map { -$0 } }
      var judged = JudgedMap(
        map: map(seed, zip(input, weights).map { $0 * $1 }), input: input, weights: weights)
      judged.extents = extents
      return try #require(try judged.score(id, seed: seed).value)
    }
    return values.reduce(0, +) / Double(values.count)
  }

  @Test(arguments: metrics, [[24], [5, 6]])
  func trueRelevanceIsPreferred(info: MetricInfo, extents: [Int]) throws {
    let right = try Self.mean(info.id, extents) { $1 }
    let wrong = try Self.mean(info.id, extents) { seed, map in Tensor([map.count], seed: seed + 200).values }
    if info.id == "monotonicity" {
      // Where positions do not interact, their order does not matter.
      #expect(right == wrong)
    } else {
      #expect(info.direction == .higher ? right > wrong : right < wrong, "\(right) and \(wrong)")
    }
  }

  /// Two classes with weights of their own: maps of the predicted class tell which it is, random ones do not.
  @Test func sufficiencyPrefersTrueRelevance() throws {
    // Without their means, so that both classes are predicted about as often.
    let weights = [Tensor([20], seed: 1), Tensor([20], seed: 2)].map { weights in
      let mean = Float(weights.sum / Double(weights.count))
      return weights.values.map { $0 - mean }
    }
    var right: [GroupMember] = []
    var wrong: [GroupMember] = []
    for item in 0..<30 as Range<UInt32> {
      let input = Tensor([20], seed: 50 + item, from: 0, to: 1).values
      let maps = weights.map { zip($0, input).map { $0 * $1 } }
      let predicted = maps[0].reduce(0, +) > maps[1].reduce(0, +) ? 0 : 1
      right.append(GroupMember(map: maps[predicted], predicted: predicted))
      wrong.append(GroupMember(map: Tensor([20], seed: 500 + item).values, predicted: predicted))
    }
    #expect((10...20).contains(right.count { $0.predicted == 0 }))
    let metric = try Sufficiency(settings: MetricSettings(metric: "sufficiency", values: ["form": "signed"]))
    let means = [right, wrong].map { group in
      let values = metric.scores(group).compactMap(\.value)
      return values.reduce(0, +) / Double(max(values.count, 1))
    }
    #expect(means[0] > means[1] + 0.1, "\(means)")
  }

  @Test func thereAreTenWithSufficiency() { #expect(Self.metrics.count == 9) }
}
