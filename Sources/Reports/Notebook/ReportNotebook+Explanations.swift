import Explainers
import Figures
import Foundation

extension ReportNotebook {
  /// The summary, the maps of the first items and the regions.
  ///
  /// - Parameters:
  ///   - shown: The folder with the explanations.
  ///   - prefix: Its path within the folder of the run.
  ///   - notebook: The notebook.
  /// - Throws: `ReportError` when a table is missing or damaged, `FigureError` when a map cannot be drawn.
  func addExplanations(of shown: RunFolder, below prefix: String, to notebook: inout Notebook) throws {
    if let summary = shown.summary {
      notebook.markdown("## Summary\n\nScores, sums, completeness gaps and extremes of every map.")
      try add(
        summary, "\(prefix)summary.csv", as: "summary", leavingOut: ["seconds"],
        words: ["item", "method", "layer", "target_name", "score_space"], to: &notebook)
    }
    if shown.hasMaps, !shown.explained.isEmpty {
      let count = min(shown.explained.count, Self.mostItems)
      notebook.markdown(
        "## Maps\n\n`show(item, method)` reads the table of a map and draws it: signals as a curve over strips coloured "
          + "by the attribution, images with the map laid over them. Red speaks for the explained class, blue against it. "
          + "Shown \(count == 1 ? "is 1 item" : "are \(count) items") of \(shown.explained.count).")
      notebook.code(String(decoding: PackageResources.notebook_maps_py, as: UTF8.self).trimmed)
      for (item, methods) in shown.explained.prefix(Self.mostItems) {
        for method in methods.prefix(Self.mostMethods) {
          notebook.code(
            "show(\(NotebookText.python(prefix + item)), \(NotebookText.python(method)))",
            displaying: [try figure(item, method, shown)])
        }
      }
    }
    if let regions = shown.regions, regions.rowCount > 0 {
      notebook.markdown("## Regions\n\nConnected parts in which a map is strong, the largest share first.")
      try add(
        regions, "\(prefix)regions.csv", as: "regions", words: ["item", "method", "sign"], to: &notebook)
    }
  }

  /// The figure of a map: the run's own, or one drawn from its table.
  private func figure(_ item: String, _ method: String, _ shown: RunFolder) throws -> [String: String] {
    let words = "\(item), \(PageItem.name(of: method))"
    if let file = shown.file(item, "\(method).png") {
      return Self.picture(try TableContents.bytes(of: file), words)
    }
    let map = try shown.map(item, method)
    guard map.axes.count > 1 else {
      let channels = (0..<min(map.channels, RunFolder.mostCurves)).map { channel in
        ChartSeries(
          name: map.channels == 1 ? "attribution" : "channel \(channel)",
          places: (0..<map.positions).map {
            .init(x: Double($0), y: Double(map.values[$0 * map.channels + channel]))
          })
      }
      let chart = LineChart(
        title: words, xLabel: map.axes == ["feature"] ? "feature" : "sample", yLabel: "attribution",
        series: channels)
      return Self.picture(try chart.figure(as: .png), words)
    }
    let plane = try ShownPlane(of: map, longest: 1024)
    let preset = MethodCatalog.methods.first { $0.id == method }?.preset ?? .signed
    let chart = MapChart(
      title: words, rows: plane.rows, columns: plane.columns, values: try plane.values(of: map),
      preset: preset)
    return Self.picture(try chart.figure(as: .png), words)
  }

  /// A cell that reads a table and shows its first rows.
  ///
  /// - Parameters:
  ///   - contents: The table.
  ///   - file: Its path within the folder of the run.
  ///   - name: What the cell calls it.
  ///   - hidden: Columns that are not shown.
  ///   - words: The columns that hold texts.
  ///   - notebook: The notebook.
  /// - Throws: `ReportError.badTable` for a number that is none.
  func add(
    _ contents: TableContents, _ file: String, as name: String, leavingOut hidden: [String] = [],
    words: Set<String>, to notebook: inout Notebook
  ) throws(ReportError) {
    let kept = contents.columns.indices.filter { !hidden.contains(contents.columns[$0]) }
    let columns = kept.map { contents.columns[$0] }
    // A number that is none is refused here as it is in the page.
    for column in columns where !words.contains(column) { _ = try contents.numbers(column) }
    let dropped = hidden.filter(contents.columns.contains)
    let drop =
      dropped.isEmpty
      ? "" : ".drop(columns=[\(dropped.map(NotebookText.python).joined(separator: ", "))])"
    notebook.code(
      "\(name) = table(\(NotebookText.python(file)))\n\(name)\(drop).head(\(Self.mostRows))",
      value: NotebookText.table(
        columns, contents.rows.prefix(Self.mostRows).map { row in kept.map { row[$0] } },
        numeric: columns.map { !words.contains($0) }))
  }
}
