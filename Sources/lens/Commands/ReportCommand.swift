import ArgumentParser
import Boundary
import Foundation
import SignalLens

/// The command `lens report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Makes a page and a notebook of a finished run.",
    discussion: """
      Reads the folder that 'lens explain', 'lens compare' or 'lens evaluate' wrote and writes report.html and report.ipynb into it. \
      The page needs nothing beside it and no network; the notebook shows its figures without being run, and reads the tables of the \
      folder when it is.
      """)

  @Argument(help: ArgumentHelp("The folder of the run.", valueName: "folder"))
  var path: String

  @Option(
    help: ArgumentHelp(
      "What the two files are called, without their endings (default: report in the folder of the run).",
      valueName: "file-stem"))
  var output: String?

  @Option(help: ArgumentHelp("The items to show with their maps, at most.", valueName: "n"))
  var items = ReportPage.standardItems

  @Option(help: ArgumentHelp("The heading (default: what was run, and the model).", valueName: "text"))
  var title: String?

  @Flag(help: "No closing line.")
  var quiet = false

  func validate() throws {
    guard items >= 0 else { throw ValidationError("--items should be 0 or more, not \(items)") }
    if let output, output.isEmpty || output.hasSuffix("/") {
      throw ValidationError("--output should be a path with a name at its end, not '\(output)'")
    }
  }

  func run() throws {
    let folder = try RunFolder(path)
    let stem = output ?? "\(path)/report"
    let page = try ReportPage(of: folder, title: title, items: items).html()
    let notebook = try ReportNotebook(
      of: folder, title: title, readingFrom: RunFolder.relativePath(from: stem, to: path)
    ).json()
    for (content, ending) in [(page, "html"), (notebook, "ipynb")] {
      try WholeFile.write(content, to: "\(stem).\(ending)")
    }
    guard !quiet else { return }
    let sizes = [page, notebook].map { String(format: "%.1f MB", Double($0.count) / 1e6) }
    print("wrote \(stem).html (\(sizes[0])) and \(stem).ipynb (\(sizes[1]))")
  }
}
