/// A table for the terminal, its columns as wide as their widest cell.
struct TextTable {
  private var rows: [[String]]
  private let rightAligned: Set<Int>

  /// Starts a table.
  ///
  /// - Parameters:
  ///   - columns: The headings.
  ///   - rightAligned: The columns whose cells end at the right border, as numbers do.
  init(columns: [String], rightAligned: Set<Int> = []) {
    rows = [columns]
    self.rightAligned = rightAligned
  }

  /// Adds a row.
  mutating func append(_ cells: [String]) { rows.append(cells) }

  /// The table, lines separated by line feeds, a rule under the headings.
  var text: String {
    let widths = rows[0].indices.map { column in rows.reduce(0) { max($0, $1[column].count) } }
    var lines = rows.map { row in
      row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return rightAligned.contains(column) ? padding + row[column] : row[column] + padding
      }.joined(separator: "  ").trimmingTrailingSpaces
    }
    lines.insert(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), at: 1)
    return lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
