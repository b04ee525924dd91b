import Foundation

/// Names from files inside Markdown, Python and tables.
enum NotebookText {
  /// Text that Markdown shows as it is, on one line.
  static func markdown(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "$", "~", "!":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case _ where scalar.properties.generalCategory == .control: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  /// A block of code in Markdown, each line indented: nothing in it can end the block.
  static func block(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { "    \($0)" }.joined(separator: "\n")
  }

  /// A literal of Python.
  static func python(_ text: String) -> String {
    let inner = text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case _ where scalar.properties.generalCategory == .control:
        result += String(format: "\\x%02x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"\(inner)\""
  }

  /// A table as HTML and as plain text, the first rows of it.
  ///
  /// - Parameters:
  ///   - columns: The headings.
  ///   - rows: The rows with as many cells.
  ///   - numeric: Whether a column holds numbers.
  /// - Returns: The two forms by MIME type.
  static func table(_ columns: [String], _ rows: [[String]], numeric: [Bool]) -> [String: String] {
    let shown = rows.map { row in
      zip(row, numeric).map { cell, isNumber in
        isNumber ? Double(cell).map(DisplayNumber.text) ?? (cell.isEmpty ? "NaN" : cell) : cell
      }
    }
    func line(_ cells: [String], _ tag: String) -> String {
      let parts = zip(cells, numeric).map { cell, isNumber in
        "<\(tag) style=\"text-align:\(isNumber ? "right" : "left")\">\(cell.markupEscaped)</\(tag)>"
      }
      return "<tr>\(parts.joined())</tr>"
    }
    let html =
      "<table>\n<thead>\(line(columns, "th"))</thead>\n<tbody>\n"
      + shown.map { line($0, "td") }.joined(separator: "\n") + "\n</tbody>\n</table>"
    let flat = ([columns] + shown).map { $0.map { $0.replacing("\n", with: " ") } }
    let widths = columns.indices.map { column in flat.map { $0[column].count }.max() ?? 0 }
    let text = flat.map { row in
      zip(zip(row, widths), numeric).map { cell, isNumber in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return isNumber ? padding + cell.0 : cell.0 + padding
      }.joined(separator: "  ")
    }
    return ["text/html": html, "text/plain": text.joined(separator: "\n")]
  }
}
