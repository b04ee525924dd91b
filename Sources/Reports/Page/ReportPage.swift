import Figures
import Foundation

/// The report of a run as one HTML page that needs nothing else: style, program, pictures and numbers are in it.
///
/// Names that come from files are escaped wherever they stand. The same folder gives the same bytes.
public struct ReportPage: Sendable {
  /// The items that are shown with their maps when nothing else is asked for.
  public static let standardItems = 24

  let folder: RunFolder
  let title: String
  let mostItems: Int

  /// Prepares a page.
  ///
  /// - Parameters:
  ///   - folder: The run.
  ///   - title: The heading; by default it says what was run on which model.
  ///   - items: The items to show with their maps, at most.
  public init(of folder: RunFolder, title: String? = nil, items: Int = standardItems) {
    self.folder = folder
    self.title = title ?? folder.title
    mostItems = items
  }

  /// The page as UTF-8.
  ///
  /// Cost: every map that is shown is read once; an image of 224 by 224 pixels takes about 130 KB of the page per map.
  ///
  /// - Throws: `ReportError` when something in the folder is missing or damaged.
  public func html() throws -> Data {
    let context = try context()
    let library = try PageTemplates.library()
    guard let text = library.render(context, withTemplate: "page") else {
      throw ReportError.badTemplate(name: "page", reason: "it is not there")
    }
    return Data(text.utf8)
  }

  private func context() throws -> PageContext {
    let manifest = folder.manifest
    let command = manifest?.commandText ?? ""
    let version = manifest?.version ?? ""
    return PageContext(
      title: title, lead: folder.lead, version: version.isEmpty ? [] : [version], facts: folder.facts,
      command: command.isEmpty ? [] : [command], sections: try sections().map { $0.withChartRow() },
      footer: "Made by lens report from the files of the run; it shows them and computes nothing anew.",
      style: PageTemplates.style, script: PageTemplates.script, colors: try Self.colors())
  }

  private func sections() throws -> [PageContext.Section] {
    var sections: [PageContext.Section] = []
    let results = try folder.evaluation.map { table throws(ReportError) in
      try EvaluationResults(table, folder.manifest)
    }
    if let section = try evaluationSection(results) { sections.append(section) }
    if let section = try coursesSection(results) { sections.append(section) }
    if let section = try significanceSection(results) { sections.append(section) }
    if let section = try classificationSection() { sections.append(section) }
    if let section = try comparisonSection() { sections.append(section) }
    let examples = try folder.examples()
    if let shown = folder.summary != nil ? folder : examples {
      if shown.hasMaps {
        sections.append(
          try explanationSection(shown, name: folder.summary != nil ? "Explanations" : "Examples"))
      }
      if let section = try summarySection(shown) { sections.append(section) }
      if let section = try regionSection(shown) { sections.append(section) }
    }
    if let section = try scoresSection() { sections.append(section) }
    sections.append(try provenanceSection(examples))
    return sections
  }

  /// The colours of maps, 256 of each scale as `rrggbb`.
  private static func colors() throws -> String {
    func text(_ map: ColorMap) -> String {
      (0..<256).map { entry in
        let packed = map.color(at: Double(entry) / 255).packed
        return String(format: "%06x", packed)
      }.joined()
    }
    return try ["signed": text(.signed), "nonNegative": text(.nonNegative)].scriptText()
  }
}
