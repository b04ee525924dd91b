import ArgumentParser
import Foundation
import SignalLens

/// The command `lens explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explains a model's answers by maps over its inputs.",
    discussion: """
      Writes for every item and method a table <item>.<method>.csv and a figure <item>.<method>.png, and for the run \
      summary.csv, regions.csv and manifest.json; methods that estimate by samples add <item>.<method>.standard-error.csv, and consensus .disagreement.csv; methods that hand relevance back add relevance.csv, what reached every layer and what it kept. The methods and their parameters are listed by 'lens methods'. Of a model with several inputs \
      every one is explained in turn, with the others held at the item's values; <item> is then <item>.<input>.
      """)

  @OptionGroup var source: InputArguments
  @OptionGroup var explanation: ExplanationArguments

  @Option(
    name: [.customLong("method"), .customLong("methods")],
    help: ArgumentHelp("The methods, \(CatalogNames.methods.help)", valueName: "id,id,…"))
  var method: String

  @Option(help: ArgumentHelp("The folder for the results.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("Formats of the figures: png, svg, pdf, or none.", valueName: "format,…"))
  var figures = "png"

  func validate() throws { _ = try FigureFormat.list(figures, option: "--figures") }

  func run() throws {
    let start = ContinuousClock.now
    let setup = try ExplanationSetup(method, of: source, by: explanation, into: output)
    if !source.quiet { setup.reportLeftOut() }
    let run = ExplanationRun(
      setup: setup, arguments: explanation, classNames: source.classNames(setup.inputs[0]),
      figures: try FigureFormat.list(figures, option: "--figures"), folder: setup.folder,
      items: setup.inputs[0].items.indices)
    let resolved = try run.run(isQuiet: source.quiet)
    let own = ["output": output, "figures": figures, "method": method]
    let options = [source.resolved, explanation.resolved, own].reduce([:]) {
      $0.merging($1) { first, _ in first }
    }
    try setup.folder.write(
      setup.manifest(options: options, source: source, methods: resolved, seed: explanation.seed).json(),
      as: "manifest.json")
    if !source.quiet { report(setup.inputs[0].items.count, resolved, since: start) }
  }

  private func report(
    _ count: Int, _ methods: [Manifest.Method], since start: ContinuousClock.Instant
  ) {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let items = count == 1 ? "1 item" : "\(count) items"
    let ids = methods.map(\.id)
    let names = ids.count > 6 ? "\(ids.count) methods" : ids.joined(separator: ", ")
    print("explained \(items) by \(names) in \(String(format: "%.2f", seconds)) s: \(output)")
    for method in methods {
      if let passes = method.passes { print("\(method.id): \(passes) passes through the model") }
      for note in method.notes { print("\(method.id): \(note)") }
    }
  }
}
