import Boundary
import Explainers
import Foundation

/// The maps of several methods side by side: a row for every input, a column for every method.
public struct Comparison: Sendable {
  /// One map with how long it took.
  public struct Cell: Sendable {
    let attribution: Attribution
    let methodName: String
    let seconds: Double

    /// Creates a cell.
    ///
    /// - Parameters:
    ///   - attribution: The explanation.
    ///   - methodName: The name that stands above the map.
    ///   - seconds: How long the explanation took.
    public init(_ attribution: Attribution, methodName: String, seconds: Double) {
      self.attribution = attribution
      self.methodName = methodName
      self.seconds = seconds
    }
  }

  /// The explanations of one input, in the order of the columns.
  public struct Row: Sendable {
    let cells: [Cell]
    let options: FigureOptions

    /// Creates a row.
    ///
    /// - Parameters:
    ///   - cells: One explanation for every method, all of the same input and class.
    ///   - options: The names, the label, the picture and the sampling rate of the input.
    public init(_ cells: [Cell], options: FigureOptions) {
      self.cells = cells
      self.options = options
    }
  }

  /// What the colours of different maps have in common.
  public enum Scaling: String, Sendable, CaseIterable {
    /// Every map uses its colours fully: colours tell where, not how much.
    case own
    /// Equal colours are equal values in the whole figure.
    case shared
  }

  /// The rows from the top.
  public let rows: [Row]
  /// What the colours have in common.
  public let scaling: Scaling

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - rows: The rows from the top, each with the same methods.
  ///   - scaling: What the colours of different maps have in common.
  public init(rows: [Row], scaling: Scaling = .own) {
    precondition(
      rows.allSatisfy { !$0.cells.isEmpty && $0.cells.count == rows[0].cells.count },
      "every row of a comparison has the same methods, at least one")
    self.rows = rows
    self.scaling = scaling
  }

  /// Draws the figure; the same maps always give the same bytes.
  ///
  /// - Parameters:
  ///   - format: The file format.
  ///   - title: The heading.
  /// - Returns: The content of a file.
  /// - Throws: `FigureError` when something is not finite or does not fit.
  public func figure(as format: FigureFormat, title: String) throws(FigureError) -> Data {
    for row in rows {
      for cell in row.cells { try cell.attribution.checkDrawable(row.options) }
    }
    let scales = ComparisonScales(of: rows, scaling)
    let body = ComparisonLayout(
      rows: rows.map { row in row.layout(scales) }, keys: scales.keys)
    let notes = [
      scaling == .own
        ? "every map has colours of its own: compare places, not strengths"
        : "one colour scale for all maps"
    ]
    return try Figure(
      title: Title(heading: title.printable, facts: [], notes: notes + scales.notes), body: body
    ).encoded(as: format)
  }

  /// Draws the figure and writes it to a file, whole or not at all.
  ///
  /// - Parameters:
  ///   - path: The file to write; its folder must exist.
  ///   - format: The file format, whatever the extension of the path.
  ///   - title: The heading.
  /// - Throws: `FigureError` when something is not finite, does not fit or cannot be written.
  public func writeFigure(to path: String, format: FigureFormat, title: String) throws(FigureError) {
    try FigureError.writing(figure(as: format, title: title), to: path)
  }
}

extension Comparison.Row {
  /// The row's words and panels.
  fileprivate func layout(_ scales: ComparisonScales) -> ComparisonLayout.Row {
    let first = cells[0].attribution
    let facts = first.title(options, notes: []).facts.dropLast()
    var panels: [ComparisonLayout.Panel] = []
    if let input = first.inputPanel(options) { panels.append(.init(panel: input, caption: "input")) }
    panels += cells.map { cell in
      .init(
        panel: cell.attribution.comparisonPanel(scales.scale(of: cell.attribution), options),
        caption: "\(cell.methodName.printable), \(Self.text(seconds: cell.seconds))")
    }
    return ComparisonLayout.Row(
      title: ([options.itemName.printable] + facts).joined(separator: "   ·   "), panels: panels,
      panelSize: first.comparisonPanelSize, axis: first.comparisonAxis(options))
  }

  private static func text(seconds: Double) -> String {
    seconds < 1
      ? "\((seconds * 1000).text(significantDigits: 2)) ms" : "\(seconds.text(significantDigits: 2)) s"
  }
}
