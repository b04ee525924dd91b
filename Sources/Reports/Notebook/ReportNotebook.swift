import Figures
import Foundation

/// The report of a run as a Jupyter notebook (format 4.5) that reads the tables of the run and redraws its figures.
///
/// Its outputs are in it, so that it shows on code-hosting sites without being run: the figures are those that SignalLens
/// drew, the tables those of the run. The same folder gives the same bytes.
public struct ReportNotebook: Sendable {
  /// The items that are redrawn.
  static let mostItems = 3
  /// The methods that are redrawn for an item.
  static let mostMethods = 6
  /// The rows of a table that are shown.
  static let mostRows = 12

  let folder: RunFolder
  let title: String
  let path: String

  /// Prepares a notebook.
  ///
  /// - Parameters:
  ///   - folder: The run.
  ///   - title: The heading; by default it says what was run on which model.
  ///   - path: The folder of the run as seen from the notebook.
  public init(of folder: RunFolder, title: String? = nil, readingFrom path: String = ".") {
    self.folder = folder
    self.title = title ?? folder.title
    self.path = path
  }

  /// The notebook as JSON.
  ///
  /// - Throws: `ReportError` when something in the folder is missing or damaged, `FigureError` when it cannot be drawn.
  public func json() throws -> Data { try notebook().json() }

  /// The notebook.
  func notebook() throws -> Notebook {
    var notebook = Notebook()
    notebook.markdown(opening)
    let setup = String(decoding: PackageResources.notebook_setup_py, as: UTF8.self)
    notebook.code(setup.trimmed.replacing("\"FOLDER\"", with: NotebookText.python(path)))
    let results = try folder.evaluation.map { table throws(ReportError) in
      try EvaluationResults(table, folder.manifest)
    }
    if let results { try addEvaluation(results, to: &notebook) }
    try addCourses(results, to: &notebook)
    try addClassification(to: &notebook)
    try addComparison(to: &notebook)
    if folder.summary != nil {
      try addExplanations(of: folder, below: "", to: &notebook)
    } else if let examples = try folder.examples() {
      try addExplanations(of: examples, below: "examples/", to: &notebook)
    }
    notebook.markdown(closing)
    return notebook
  }

  private var opening: String {
    var lines = ["# \(NotebookText.markdown(title))", "", NotebookText.markdown(folder.lead), ""]
    lines += folder.facts.map { "- \($0.name): \(NotebookText.markdown($0.value))" }
    if let command = folder.manifest?.commandText, !command.isEmpty {
      lines += ["", "The command:", "", NotebookText.block(command)]
    }
    lines += [
      "",
      "The cells below read the tables of the run and redraw its main figures. The outputs that are stored here are those "
        + "of SignalLens; running the cells (pandas, matplotlib) replaces them.",
    ]
    return lines.joined(separator: "\n")
  }

  private var closing: String {
    var lines = ["## How the numbers were made", ""]
    guard let manifest = folder.manifest else {
      return (lines + ["The folder has no manifest.json, which would say it."]).joined(separator: "\n")
    }
    for method in manifest.methods {
      let parameters = method.parameters.sorted { $0.key < $1.key }.map {
        NotebookText.markdown("\($0.key) = \($0.value)")
      }
      lines.append(
        "- **\(NotebookText.markdown(PageItem.name(of: method.id)))**"
          + (parameters.isEmpty ? "" : ": \(parameters.joined(separator: ", "))"))
      lines += method.notes.map { "  - \(NotebookText.markdown($0))" }
    }
    if let model = manifest.model {
      lines += ["", "SHA-256 of the model: \(NotebookText.markdown(model.sha256))"]
    }
    if !manifest.version.isEmpty { lines += ["", "SignalLens \(NotebookText.markdown(manifest.version))"] }
    return lines.joined(separator: "\n")
  }

  private func addComparison(to notebook: inout Notebook) throws {
    guard !folder.comparisons.isEmpty else { return }
    notebook.markdown("## Methods side by side\n\nA row for every item, a column for every method.")
    for file in folder.comparisons {
      let name = (file as NSString).lastPathComponent
      let isPNG = name.hasSuffix(".png")
      let bytes = try TableContents.bytes(of: file)
      let content = isPNG ? bytes.base64EncodedString() : String(decoding: bytes, as: UTF8.self)
      notebook.code(
        "from IPython.display import \(isPNG ? "Image" : "SVG")\n\n"
          + "\(isPNG ? "Image" : "SVG")(filename=str(folder / \(NotebookText.python(name))))",
        value: [isPNG ? "image/png" : "image/svg+xml": content, "text/plain": "<\(name)>"])
    }
  }

  /// A figure as a cell displays it.
  static func picture(_ png: Data, _ words: String) -> [String: String] {
    ["image/png": png.base64EncodedString(), "text/plain": "<\(words)>"]
  }
}

extension String {
  /// The text without the line feed at its end.
  var trimmed: String { trimmingCharacters(in: .newlines) }
}
