import ArgumentParser
import Foundation
import SignalLens

/// The command `lens evaluate`.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measures how good the maps of several methods are.",
    discussion: """
      Explains every item by every method and judges every map by every metric. Writes scores.csv (all values), table.csv (means with \
      95 % bootstrap intervals and ranks), significance.csv (methods compared pair by pair), curves.csv (of metrics that change the \
      input or the model step by step), classification.csv, confusion.csv and roc.csv (how good the model itself is, where labels are known), \
      evidence.csv (the share of every item that its mask covers: what relevance mass and rank reach by chance) and manifest.json; \
      examples/ holds the maps of the first items as 'lens explain' writes them. What is finished is kept in evaluation.journal until \
      the tables are there: an interrupted run goes on with --resume. The metrics and their parameters are listed by 'lens metrics', \
      and take --set metric.parameter=value.
      """)

  @OptionGroup var source: InputArguments
  @OptionGroup var explanation: ExplanationArguments
  @OptionGroup var judged: MetricArguments

  @Option(help: ArgumentHelp("The methods, \(CatalogNames.methods.help)", valueName: "id,id,…"))
  var methods: String

  @Option(help: ArgumentHelp("The folder for the results.", valueName: "folder"))
  var output: String

  @Option(
    help: ArgumentHelp("How many of the first items get tables and figures in examples/.", valueName: "n"))
  var examples = 4

  @Flag(help: "Goes on with an evaluation that was interrupted.")
  var resume = false

  func validate() throws {
    if examples < 0 { throw ValidationError("--examples should be at least 0, not \(examples)") }
  }

  func run() throws {
    let start = ContinuousClock.now
    let metrics = try judged.chosen(explanation.ownSettings())
    let setup = try ExplanationSetup(methods, of: source, by: explanation, into: output, judging: judged)
    if !source.quiet { setup.reportLeftOut() }
    guard setup.explained.count == 1 else {
      throw RunError.evaluationOfSeveralInputs(
        names: setup.explained.map { setup.model.nodes[setup.model.inputs[$0]].name })
    }
    let evaluation = Evaluation(of: setup.methods.map(\.explainer), by: metrics, seed: explanation.seed)
    let own = ["output": output, "methods": methods, "examples": "\(examples)"]
    let options = [source.resolved, explanation.resolved, judged.resolved, own].reduce([:]) {
      $0.merging($1) { first, _ in first }
    }
    let run = EvaluationRun(
      setup: setup, evaluation: evaluation, arguments: explanation,
      journal: try EvaluationJournal(
        "\(output)/evaluation.journal", of: try description(options, setup, metrics), resuming: resume))
    if !source.quiet { for sentence in run.costs { print(sentence) } }
    try run.run(isQuiet: source.quiet)
    let results = EvaluationOutput(
      run: run, classNames: source.classNames(setup.inputs[0]), seed: explanation.seed)
    let summary = try results.write()
    let evidence = try results.writeEvidence()
    let used = examples > 0 ? try explainExamples(setup) : try run.resolvedMethods()
    var manifest = try setup.manifest(
      options: options, source: source, methods: used, seed: explanation.seed)
    manifest.metrics = metrics.map(Manifest.Metric.init)
    try setup.folder.write(manifest.json(), as: "manifest.json")
    run.journal.remove()
    if !source.quiet { report(summary, evidence, setup.items.count, since: start) }
  }

  /// Everything that values depend on, as text.
  private func description(
    _ options: [String: String], _ setup: ExplanationSetup, _ metrics: [any AttributionMetric]
  ) throws -> String {
    let files = try setup.files(source).map { "\($0.path) \($0.sha256)" }
    let free: Set = ["threads", "output", "examples", "regions"]
    let kept = options.filter { !free.contains($0.key) }.sorted { $0.key < $1.key }
    let parameters = metrics.map { metric in
      let values = metric.parameters.map { "\($0.name)=\($0.value)" }
      return "\(type(of: metric).info.id) \(values.joined(separator: " "))"
    }
    return
      ([SignalLensVersion.text] + files + kept.map { "\($0.key)=\($0.value)" } + parameters)
      .joined(separator: "; ")
  }

  /// Explains the first items as 'lens explain' does.
  private func explainExamples(_ setup: ExplanationSetup) throws -> [Manifest.Method] {
    let run = ExplanationRun(
      setup: setup, arguments: explanation, classNames: source.classNames(setup.inputs[0]), figures: [.png],
      folder: try ResultFolder("\(output)/examples"), items: 0..<min(examples, setup.items.count))
    return try run.run(isQuiet: true)
  }

  private func report(
    _ summary: EvaluationSummary, _ evidence: EvidenceTable?, _ count: Int,
    since start: ContinuousClock.Instant
  ) {
    print(MeanTable(of: summary).text)
    if let share = evidence?.meanShare {
      print("the true evidence covers \(String(format: "%.1f", share * 100)) % of an item on average")
    }
    for (gap, metrics) in gaps(summary) {
      print("no value for \(gap.maps) of \(count * summary.methods.count) maps: \(gap.reason) (\(metrics))")
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let items = count == 1 ? "1 item" : "\(count) items"
    print("evaluated \(items) in \(String(format: "%.2f", seconds)) s (* is the best): \(output)")
  }

  /// Why values are missing and how often, with the metrics for which that is so.
  private func gaps(_ summary: EvaluationSummary) -> [(gap: (reason: String, maps: Int), metrics: String)] {
    var gaps: [(gap: (reason: String, maps: Int), metrics: String)] = []
    for (metric, reasons) in zip(summary.metrics, summary.reasons) {
      for (reason, maps) in reasons.sorted(by: { $0.key < $1.key }) {
        if let known = gaps.firstIndex(where: { $0.gap == (reason, maps) }) {
          gaps[known].metrics += ", \(metric.id)"
        } else {
          gaps.append(((reason, maps), metric.id))
        }
      }
    }
    return gaps
  }
}
