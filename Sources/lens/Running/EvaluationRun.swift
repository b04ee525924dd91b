import Foundation
import SignalLens

/// Judges the explanations of every item and keeps what is finished in a journal.
struct EvaluationRun: Sendable {
  let setup: ExplanationSetup
  let evaluation: Evaluation
  let arguments: ExplanationArguments
  let journal: EvaluationJournal

  /// What it costs that metrics explain again, one sentence for each; none where that is little.
  var costs: [String] {
    let explanations = (setup.items.count - journal.finishedItems.count) * setup.methods.count
    let groups = evaluation.moreExplanations(of: setup.model)
    guard groups.reduce(0, { $0 + $1.count }) * explanations >= Self.manyExplanations else { return [] }
    return groups.map { metrics, count in
      let names =
        metrics.count > 1
        ? "\(metrics.dropLast().joined(separator: ", ")) and \(metrics[metrics.count - 1]) explain"
        : "\(metrics[0]) explains"
      let often = count == 1 ? "once" : "\(count) times"
      let methods = setup.methods.count == 1 ? "" : " by every method"
      return "\(names) every item \(often) more\(methods): \(count * explanations) explanations"
    }
  }

  /// As many more explanations are worth a word before the work begins.
  private static let manyExplanations = 1000

  /// The items of a group, for metrics that compare explanations with each other.
  private func group(_ index: Int) -> Range<Int> {
    let first = index * Evaluation.groupSize
    return first..<min(first + Evaluation.groupSize, setup.items.count)
  }

  /// Judges what is not finished yet, several items at a time.
  ///
  /// - Parameter isQuiet: Whether no progress is shown.
  /// - Throws: The error of the first item that cannot be judged.
  func run(isQuiet: Bool) throws {
    let isDone = journal.finishedItems
    let groupsDone = journal.finishedGroups
    let hasGroups = !evaluation.groupMetrics.isEmpty
    let groups = (0..<groupCount).filter { !groupsDone.contains($0) }
    let pending =
      hasGroups
      ? groups.flatMap { Array(group($0)) }
      : setup.items.indices.filter { !isDone.contains($0) }
    let progress = ProgressBar("evaluating", total: pending.count, isQuiet: isQuiet)
    defer { progress.finish() }
    guard hasGroups else {
      _ = try Threads.map(pending.count) { try judge(pending[$0], isDone: false, progress) }
      return
    }
    for index in groups {
      let items = group(index)
      let members = try Threads.map(items.count) { offset in
        let item = items.lowerBound + offset
        return try judge(item, isDone: isDone.contains(item), progress)
      }
      try journal.append(.group(index, evaluation.judge(group: members)))
    }
  }

  /// The number of groups; none when no metric compares explanations.
  private var groupCount: Int {
    evaluation.groupMetrics.isEmpty
      ? 0 : (setup.items.count + Evaluation.groupSize - 1) / Evaluation.groupSize
  }

  /// Judges an item; of one whose scores are known already only what groups need is computed.
  private func judge(_ index: Int, isDone: Bool, _ progress: ProgressBar) throws -> [GroupMember] {
    let item = setup.items[index]
    return try RunError.naming(item.name) {
      let question = try question(index)
      let evidence = try setup.evidence?.load(index).input
      let evaluation = isDone ? self.evaluation.withoutItemMetrics : self.evaluation
      let piece = progress.begin()
      let judgement = try evaluation.judge(
        question.input, called: item.name, of: question.model, for: question.target, evidence: evidence,
        progress: piece.reach)
      if !isDone { try journal.append(.item(index, judgement.scores)) }
      piece.reach(1)
      return judgement.members
    }
  }

  /// What is asked about an item: the model with all inputs but the explained one held, that input, and the class.
  private func question(_ index: Int) throws -> (model: Model, input: Tensor, target: Target) {
    let item = setup.items[index]
    guard let target = try arguments.target(label: item.label) else {
      throw RunError.noLabel(item: item.name)
    }
    let loaded = try setup.inputs.map { try $0.load(index).input }
    let input = setup.explained[0]
    return (try setup.model.varying(input: input, of: loaded), loaded[input], target)
  }

  /// The methods with their parameters as they are resolved for the first item; each explains it once.
  ///
  /// - Throws: The error of a method that cannot explain it.
  func resolvedMethods() throws -> [Manifest.Method] {
    let question = try question(0)
    return try setup.methods.map { method in
      Manifest.Method(
        of: try question.model.explain(question.input, with: method.explainer, for: question.target))
    }
  }

  /// Reads what the journal holds, in the order of the items.
  ///
  /// - Parameter body: Receives the position of an item and its scores, those of groups behind the others.
  /// - Throws: `JournalError.damaged` when a part is gone, and what `body` throws.
  func forEachItem(_ body: (Int, ItemScores) throws -> Void) throws {
    var groupScores: [[[MetricScore]]] = []
    for index in setup.items.indices {
      if groupCount > 0, index % Evaluation.groupSize == 0 {
        groupScores = try journal.group(index / Evaluation.groupSize) ?? []
      }
      guard var scores = try journal.item(index) else {
        throw JournalError.incomplete(item: setup.items[index].name)
      }
      if groupCount > 0 {
        let more = groupScores[index % Evaluation.groupSize]
        for method in scores.scores.indices { scores.scores[method] += more[method] }
      }
      try body(index, scores)
    }
  }
}
