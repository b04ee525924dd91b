import Datasets
import Explainers
import KerasFormat
import Networks
import Scoring
import TensorCore
import TestSupport
import Testing

/// The reference network on all 1000 test sequences, against values computed in float64 by an independent implementation.
@Suite struct PublishedScoresTests {
  /// A row of the table: drop and number of increases of the highest 30 %, areas below insertion and deletion with zeros.
  struct Row: Sendable, CustomTestStringConvertible {
    var id: String
    var settings: [String: String] = [:]
    var space = ScoreSpace.logit
    var drop: Double
    var increases: Double
    var insertion: Double?
    var deletion: Double?
    /// Whether absolute values of the map are ranked.
    var isAbsolute = false

    var testDescription: String { "\(id) \(space.rawValue)\(isAbsolute ? " absolute" : "")" }
  }

  private static let steps = ["steps": "50", "rule": "midpoint"]
  private static let second = ["layer": "conv1d_2"]

  static let rows = [
    Row(
      id: "grad-cam", settings: second, space: .probability, drop: 0.27091, increases: 357,
      insertion: 0.68212,
      deletion: 0.21793),
    Row(
      id: "grad-cam", settings: second, drop: 0.11556, increases: 450, insertion: 0.79884, deletion: 0.12417),
    Row(id: "grad-cam", settings: ["layer": "conv1d"], space: .probability, drop: 0.43581, increases: 240),
    Row(id: "grad-cam", settings: ["layer": "conv1d"], drop: 0.29231, increases: 300),
    Row(id: "integrated-gradients", settings: steps, space: .probability, drop: 0.24484, increases: 442),
    Row(
      id: "integrated-gradients", settings: steps, drop: 0.19527, increases: 507, insertion: 0.77065,
      deletion: 0.07114),
    Row(
      id: "integrated-gradients", settings: steps, space: .probability, drop: 0.25085, increases: 348,
      isAbsolute: true),
    Row(id: "integrated-gradients", settings: steps, drop: 0.25469, increases: 314, isAbsolute: true),
    Row(id: "gradient-times-input", drop: 0.26618, increases: 429, insertion: 0.70851, deletion: 0.07805),
    Row(
      id: "lrp", settings: ["preset": "epsilon-plus"], drop: 0.13806, increases: 483, insertion: 0.81506,
      deletion: 0.09484),
  ]

  static func items(for test: String) throws -> (model: Model, items: InputSet)? {
    guard let network = Reference.path("models/MNIST1D.h5", for: test),
      let data = Reference.path("mnist1d/mnist1d_data.pkl", for: test)
    else { return nil }
    let model = try Model(keras: network)
    let items = try InputSet([data], for: model.inputShape, options: .init(key: "x_test"))
    return (model, items)
  }

  @Test(.enabled(if: isOptimized), arguments: rows)
  func scoresAgree(row: Row) throws {
    guard let (model, items) = try Self.items(for: "\(row.testDescription)") else { return }
    let settings = MethodSettings(method: row.id, values: row.settings)
    let form = ["form": row.isAbsolute ? "absolute" : "signed"]
    let kept = ["fraction": "0.3", "precision": "float64"].merging(form) { first, _ in first }
    let curve = ["baseline": "zero"].merging(form) { first, _ in first }
    let chosen = [
      ("drop-rate", kept), ("increase-rate", kept), ("insertion", curve), ("deletion", curve),
    ]
    let metrics = try chosen.map { id, values in
      try MetricCatalog.metric(id, settings: MetricSettings(metric: id, values: values))
    }
    let evaluation = Evaluation(of: [try MethodCatalog.method(row.id, settings: settings)], by: metrics)
    let found = try Threads.map(items.items.count) { index in
      try evaluation.judge(
        items.load(index).input, called: items.items[index].name, of: model,
        for: Target(.top, in: row.space)
      ).scores.scores[0].map { $0.value ?? .nan }
    }
    let sums = (0..<4).map { metric in found.reduce(0) { $0 + $1[metric] } }
    #expect(abs(sums[0] / 1000 - row.drop) <= 0.003)
    #expect(abs(sums[1] - row.increases) <= 5, "\(sums[1])")
    if let insertion = row.insertion { #expect(abs(sums[2] / 1000 - insertion) <= 0.003) }
    if let deletion = row.deletion { #expect(abs(sums[3] / 1000 - deletion) <= 0.003) }
  }

  /// Accuracy 87.7 %, and of the ten classes as published.
  @Test(.enabled(if: isOptimized)) func accuracyIsThePublishedOne() throws {
    guard let (model, items) = try Self.items(for: "accuracyIsThePublishedOne") else { return }
    var matrix = ConfusionMatrix(classes: 10)
    for (index, item) in items.items.enumerated() {
      let predicted = try model.score(.topClass, at: items.load(index).input).targets[0]
      matrix.add(label: try #require(item.label), predicted: predicted)
    }
    #expect(matrix.accuracy == 0.877)
    let published = [98.04, 80.77, 88.76, 94.34, 84.91, 81.63, 91.92, 86.46, 91.84, 78.43]
    for (index, expected) in published.enumerated() {
      #expect(abs(100 * (try #require(matrix.quality(of: index).recall)) - expected) < 0.006)
    }
  }
}
