import Explainers
import Foundation
import KerasFormat
import Networks
import Scoring
import TensorCore
import TestSupport

/// The files that tests of metrics compare with.
enum ScoringFixture {
  /// The path of a file in the resources.
  static func path(_ name: String) -> String {
    Bundle.module.bundleURL.appendingPathComponent("Resources/\(name)").path
  }

  /// The explanation of a stored item by gradient times input, for the class that was stored.
  static func explanation(_ network: String, item: Int, of answers: StoredAnswers) throws -> ScoredExplanation
  {
    let model = try Model(keras: path("\(network).h5"))
    let input = Tensor(model.inputShape, try answers.row(item, of: "\(network)/input"))
    let target = try answers.integers("\(network)/target")[item]
    let method = GradientTimesInput()
    let attribution = try model.explain(input, with: method, for: .index(target))
    let seed = UInt32(try answers.integers("seed")[0])
    return try ScoredExplanation(attribution, by: method, of: model, seed: seed)
  }

  /// What a metric says of it.
  static func score(
    _ id: String, _ values: [String: String] = [:], of explanation: ScoredExplanation
  ) throws -> MetricScore {
    let metric = try MetricCatalog.metric(id, settings: MetricSettings(metric: id, values: values))
    guard let metric = metric as? any ItemMetric else { preconditionFailure("\(id) judges groups") }
    return try metric.score(explanation)
  }
}
