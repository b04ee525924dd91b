import Explainers
import Networks
import TensorCore

/// Methods judged by metrics, item by item.
///
///     let board = try Evaluation(of: [.gradCAM(), .integratedGradients(steps: 64)], by: [Deletion(), Sparseness()])
///     let result = try board.judge(sequence, called: "x-0", of: model)
///
/// What the metrics of one explanation need in common (the score of the whole input, the pass behind drop and increase rate) is computed
/// once. Random metrics draw from the seed and the item's name, so that no value depends on the threads, on the order of the items or on
/// the other items.
public struct Evaluation: Sendable {
  /// The methods.
  public let methods: [any Explainer]
  /// The metrics that judge explanations on their own.
  public let itemMetrics: [any ItemMetric]
  /// The metrics that compare the explanations of several items.
  public let groupMetrics: [any GroupMetric]
  /// The seed of everything random in metrics.
  public let seed: UInt32

  /// How many consecutive items group metrics compare with each other, so that memory is bounded.
  public static let groupSize = 100

  /// Prepares an evaluation.
  ///
  /// - Parameters:
  ///   - methods: The methods.
  ///   - metrics: The metrics.
  ///   - seed: The seed of everything random in metrics.
  public init(of methods: [any Explainer], by metrics: [any AttributionMetric], seed: UInt32 = 0) {
    self.methods = methods
    itemMetrics = metrics.compactMap { $0 as? any ItemMetric }
    groupMetrics = metrics.compactMap { $0 as? any GroupMetric }
    self.seed = seed
  }

  /// The same evaluation with the metrics of groups alone.
  public var withoutItemMetrics: Evaluation { Evaluation(of: methods, by: groupMetrics, seed: seed) }

  /// The explanations that metrics make besides those that are judged, of every item by every method.
  ///
  /// - Parameter model: The model that is explained.
  /// - Returns: The identifiers of metrics that share explanations, and how many these are; in the order of the metrics.
  public func moreExplanations(of model: Model) -> [(metrics: [String], count: Int)] {
    var groups: [(subject: String, metrics: [String], count: Int)] = []
    for metric in itemMetrics {
      guard let more = metric.moreExplanations(of: model), more.count > 0 else { continue }
      let id = type(of: metric).info.id
      if let known = groups.firstIndex(where: { $0.subject == more.subject }) {
        groups[known].metrics.append(id)
      } else {
        groups.append((more.subject, [id], more.count))
      }
    }
    return groups.map { ($0.metrics, $0.count) }
  }

  /// How long judging by every metric takes, counted in explanations; a metric that makes none counts as one.
  private func lengths(on model: Model) -> [Int] {
    let groups = moreExplanations(of: model)
    return itemMetrics.map { metric in
      groups.first { $0.metrics[0] == type(of: metric).info.id }?.count ?? 1
    }
  }

  /// What one item gives: its scores, and what group metrics need of it.
  public struct Judgement: Sendable {
    /// The scores.
    public var scores: ItemScores
    /// One for every method.
    public var members: [GroupMember]
  }

  /// Explains an item by every method and judges every explanation.
  ///
  /// - Parameters:
  ///   - input: The item, `[1, spatial..., channels]`.
  ///   - name: Its name, from which random metrics draw.
  ///   - model: The model.
  ///   - target: The class to explain.
  ///   - evidence: The true evidence, `[1, spatial..., 1]`, above 0.5 where it is; or `nil`.
  ///   - progress: Is told the share of the work that is done, from 0 to 1, on the calling thread.
  /// - Returns: The scores, in the order of the methods and of `itemMetrics`.
  /// - Throws: `ScoringError` when a method or a metric does not fit the model.
  public func judge(
    _ input: Tensor, called name: String, of model: Model, for target: Target = .topClass,
    evidence: Tensor? = nil, progress: (@Sendable (_ share: Double) -> Void)? = nil
  ) throws(ScoringError) -> Judgement {
    try WorkProgress.told(to: progress) { () throws(ScoringError) in
      try judgement(of: input, called: name, model, target, evidence)
    }
  }

  private func judgement(
    of input: Tensor, called name: String, _ model: Model, _ target: Target, _ evidence: Tensor?
  ) throws(ScoringError) -> Judgement {
    let seed = Self.seed(seed, of: name)
    var scores = ItemScores(item: name)
    var members: [GroupMember] = []
    let lengths = lengths(on: model)
    let total = methods.count * (1 + lengths.reduce(0, +))
    var done = 0
    for method in methods {
      let attribution = try WorkProgress.stages(done..<(done + 1), of: total) { () throws(ScoringError) in
        try explaining { () throws(ExplanationError) in
          try model.explain(input, with: method, for: target)
        }
      }
      done += 1
      let explanation = try ScoredExplanation(
        attribution, by: method, of: model, evidence: evidence, seed: seed)
      var row: [MetricScore] = []
      for (metric, length) in zip(itemMetrics, lengths) {
        row.append(
          try WorkProgress.stages(done..<(done + length), of: total) { () throws(ScoringError) in
            try metric.score(explanation)
          })
        done += length
      }
      scores.scores.append(row)
      let predicted = explanation.predicted
      if scores.outputs.isEmpty {
        scores.outputs = attribution.output.values
        scores.predicted = predicted
      }
      if !groupMetrics.isEmpty {
        members.append(GroupMember(map: attribution.map.values, predicted: predicted))
      }
    }
    return Judgement(scores: scores, members: members)
  }

  /// Judges the explanations of consecutive items together.
  ///
  /// - Parameter members: For every item of the group one member for every method.
  /// - Returns: For every item the scores, in the order of the methods and of `groupMetrics`.
  public func judge(group members: [[GroupMember]]) -> [[[MetricScore]]] {
    var scores = Array(
      repeating: Array(repeating: [MetricScore](), count: methods.count), count: members.count)
    for method in methods.indices {
      let group = members.map { $0[method] }
      for metric in groupMetrics {
        for (item, score) in metric.scores(group).enumerated() { scores[item][method].append(score) }
      }
    }
    return scores
  }

  /// The seed for an item: FNV-1a of its name, mixed with the seed of the evaluation.
  static func seed(_ seed: UInt32, of name: String) -> UInt32 {
    name.utf8.reduce(2_166_136_261 ^ (seed &* 2_654_435_761)) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}
