import ArgumentParser
import Boundary
import Foundation
import SignalLens

/// The command `lens compare`.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Shows the maps of several methods side by side.",
    discussion: """
      Writes one figure, comparison.png and comparison.svg, with a row for every input and a column for every method; after twelve \
      inputs the next figure begins, comparison-2.png. summary.csv and manifest.json say what was explained and how. The tables of \
      the maps themselves are written by 'lens explain'.
      """)

  @OptionGroup var source: InputArguments
  @OptionGroup var explanation: ExplanationArguments

  @Option(help: ArgumentHelp("The methods from the left, \(CatalogNames.methods.help)", valueName: "id,id,…"))
  var methods: String

  @Option(help: ArgumentHelp("The folder for the results.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("Formats of the figure: png, svg, pdf, or none.", valueName: "format,…"))
  var figures = "png,svg"

  @Option(
    help: "Whether every map has colours of its own, or equal colours are equal values in the whole figure.")
  var scale: Comparison.Scaling = .own

  /// More rows than this make another figure.
  private static let rowsPerFigure = 12

  func validate() throws { _ = try FigureFormat.list(figures, option: "--figures") }

  func run() throws {
    let start = ContinuousClock.now
    let setup = try ExplanationSetup(methods, of: source, by: explanation, into: output)
    if !source.quiet { setup.reportLeftOut() }
    let methodCount = setup.methods.count == 1 ? "1 method" : "\(setup.methods.count) methods"
    let formats = try FigureFormat.list(figures, option: "--figures")
    let count = setup.inputs[0].items.count
    let progress = ProgressBar(
      "comparing", total: count * setup.explained.count * setup.methods.count, isQuiet: source.quiet)
    let run = ComparisonRun(
      setup: setup, arguments: explanation, classNames: source.classNames(setup.inputs[0]), progress: progress
    )
    var summary = SummaryTable()
    var resolved: [Manifest.Method] = []
    let itemsPerFigure = max(Self.rowsPerFigure / setup.explained.count, 1)
    for first in stride(from: 0, to: count, by: itemsPerFigure) {
      let page = try run.rows(first..<min(first + itemsPerFigure, count))
      summary = SummaryTable(joining: [summary, page.summary])
      resolved = resolved.isEmpty ? page.methods : zip(resolved, page.methods).map { $0.joined(with: $1) }
      let name = first == 0 ? "comparison" : "comparison-\(first / itemsPerFigure + 1)"
      for format in formats {
        try Comparison(rows: page.rows, scaling: scale).writeFigure(
          to: "\(output)/\(name).\(format.rawValue)", format: format,
          title: "\(setup.model.name): \(methodCount)")
      }
    }
    progress.finish()
    try setup.folder.write(Data(summary.bytes), as: "summary.csv")
    let own = ["output": output, "figures": figures, "methods": methods, "scale": scale.rawValue]
    let options = [source.resolved, explanation.resolved, own].reduce([:]) {
      $0.merging($1) { first, _ in first }
    }
    try setup.folder.write(
      setup.manifest(options: options, source: source, methods: resolved, seed: explanation.seed).json(),
      as: "manifest.json")
    if !source.quiet {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let items = count == 1 ? "1 item" : "\(count) items"
      print("compared \(methodCount) on \(items) in \(String(format: "%.2f", seconds)) s: \(output)")
    }
  }
}

extension Comparison.Scaling: ExpressibleByArgument {}

extension Manifest.Method {
  /// The same method for more items.
  fileprivate func joined(with other: Self) -> Self {
    var method = self
    method.join(other)
    return method
  }
}
