/// A table as comma-separated text by RFC 4180, with line feeds.
public struct CSVTable: Sendable {
  private var text = ""

  /// Starts with no names of columns: for rows that follow others in a file.
  init() {}

  /// Starts a table with the names of its columns.
  public init(columns: [String]) {
    append(columns)
  }

  /// Adds a row.
  public mutating func append(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { text += "," }
      text += Self.quoted(cell)
    }
    text += "\n"
  }

  /// The table as bytes.
  public var bytes: [UInt8] { Array(text.utf8) }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return cell }
    return "\"" + cell.replacing(scalar: "\"", with: "\"\"") + "\""
  }
}

extension CSVTable {
  /// A number with as few digits as read back to the same value; an empty cell for none.
  static func cell(_ value: Double?) -> String {
    guard let value else { return "" }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value)).0" : "\(value)"
  }
}

extension String {
  /// The text with every occurrence of a scalar replaced, those under combining marks too, which make other characters of it.
  func replacing(scalar: Unicode.Scalar, with text: String) -> String {
    unicodeScalars.reduce(into: "") { result, next in
      if next == scalar { result += text } else { result.unicodeScalars.append(next) }
    }
  }
}
