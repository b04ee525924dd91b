import ArgumentParser
import Boundary
import Foundation
import SignalLens

/// The command `lens summary`.
struct SummaryCommand: ParsableCommand {
  /// How the summary is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  static let configuration = CommandConfiguration(
    commandName: "summary",
    abstract: "Shows a model's layers, shapes, parameters, receptive fields and where Grad-CAM would attach.",
    discussion: """
      A receptive field is the size of the window of the input that one position of a layer depends on, and the stride from one \
      position to the next; 'all' stands where positions were pooled, flattened or mixed.
      """)

  @OptionGroup var source: ModelArguments

  @Option(help: "A table, or JSON with sorted keys.")
  var format: Format = .text

  @Option(
    help: ArgumentHelp(
      "Draws the graph of the layers; the ending chooses svg, png or pdf.", valueName: "file.svg"))
  var graph: String?

  func validate() throws { _ = try graphFormat() }

  func run() throws {
    let (model, notes) = try source.open()
    let summary = ModelSummary(of: model, notes: notes)
    if let graph, let format = try graphFormat() {
      try WholeFile.write(try model.graphFigure(as: format), to: graph)
    }
    switch format {
    case .json: print(String(decoding: try summary.json(), as: UTF8.self), terminator: "")
    case .text: print(text(of: summary))
    }
  }

  private func text(of summary: ModelSummary) -> String {
    var table = TextTable(columns: summary.columns, rightAligned: [3])
    for row in summary.rows { table.append(row) }
    let facts = summary.facts.map { fact in
      fact.name.padding(toLength: 18, withPad: " ", startingAt: 0) + fact.value
    }
    return "\(summary.name)\n\n\(table.text)\n\n\(facts.joined(separator: "\n"))"
  }

  private func graphFormat() throws -> FigureFormat? {
    guard let graph else { return nil }
    guard let format = FigureFormat(rawValue: URL(fileURLWithPath: graph).pathExtension.lowercased()) else {
      throw ValidationError("--graph should be a file that ends in .svg, .png or .pdf, not '\(graph)'")
    }
    return format
  }
}
