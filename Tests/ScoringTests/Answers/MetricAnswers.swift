import Explainers
import Foundation
import KerasFormat
import Networks
import Scoring
import TensorCore
import TestSupport
import Testing

/// What other implementations of metrics gave, as scripts stored it: `<metric>/<settings>` holds a value for every item.
struct MetricAnswers {
  /// The largest error, as a share of the case's largest right value.
  static let bound = 1e-5
  private static let folder = Bundle.module.bundlePath + "/Resources"

  let answers: StoredAnswers
  /// The group that holds the metrics, with a slash behind it.
  var group = ""

  init(_ file: String, group: String = "") throws {
    answers = try StoredAnswers("\(Self.folder)/\(file)")
    self.group = group
  }

  /// The model of a file beside the answers.
  static func model(_ name: String) throws -> Model { try Model(keras: "\(folder)/\(name).h5") }

  /// Compares a metric with its answers in all settings that are stored.
  func check(_ metric: String, items: Int, _ score: (Int, MetricSettings) throws -> MetricScore) throws {
    let cases = try answers.names(in: group + metric)
    #expect(!cases.isEmpty, "there are no answers for \(metric)")
    for text in cases {
      let pairs = text == "defaults" ? [] : text.split(separator: " ").map { $0.split(separator: "=") }
      let values = Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0[1])) })
      let expected = try (0..<items).map { try answers.doubles($0, of: "\(group)\(metric)/\(text)")[0] }
      let largest = expected.reduce(0) { max($0, abs($1)) }
      for item in 0..<items {
        let found = try score(item, MetricSettings(metric: metric, values: values)).value ?? .nan
        #expect(abs(found - expected[item]) <= Self.bound * largest, "\(metric) \(text), item \(item)")
      }
    }
  }
}

/// Random maps over random evidence, judged by Quantus, NumPy and SciPy.
enum LocalisationAnswers {
  static let extents = [[40], [9, 8], [4, 5, 3]]
  static let items = 6

  /// Compares a metric of localisation with its answers.
  static func check(_ metric: String, over extents: [Int]) throws {
    let group = extents.map(String.init).joined(separator: "x") + "/"
    let answers = try MetricAnswers("localisation.answers.h5", group: group)
    try answers.check(metric, items: items) { item, settings in
      var judged = JudgedMap(
        map: try answers.answers.row(item, of: group + "map"),
        input: Array(repeating: 1, count: extents.reduce(1, *)),
        weights: Array(repeating: 1, count: extents.reduce(1, *)))
      judged.evidence = try answers.answers.row(item, of: group + "evidence")
      judged.extents = extents
      return try judged.score(metric, settings.values)
    }
  }
}

/// Maps of two tiny networks, judged by Quantus, SciPy and the formulas in NumPy in 64 bits.
enum FaithfulnessAnswers {
  static let networks = ["signal-relu", "image-relu"]
  static let items = 4

  /// Compares a metric of faithfulness with its answers.
  static func check(_ metric: String, of network: String) throws {
    let model = try MetricAnswers.model(network)
    let answers = try MetricAnswers("\(network).faithfulness.h5")
    let stored = answers.answers
    let seed = UInt32(try stored.integers("seed")[0])
    let targets = try stored.integers("target")
    let inputs = try stored.tensor("input")
    try answers.check(metric, items: items) { item, settings in
      let input = inputs.item(item)
      var attribution = try model.explain(input, with: .gradient, for: .index(targets[item]))
      attribution.map = Tensor(input.shape.with(channels: 1), try stored.row(item, of: "map"))
      let explanation = try ScoredExplanation(attribution, by: Gradient(), of: model, seed: seed)
      let metric = try #require(
        try MetricCatalog.metric(settings.metric, settings: settings) as? any ItemMetric)
      return try metric.score(explanation)
    }
  }
}
