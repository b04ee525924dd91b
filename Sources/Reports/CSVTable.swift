/// A table as comma-separated text by RFC 4180, with line feeds.
public struct CSVTable: Sendable {
  /// The table as bytes.
  public private(set) var bytes: [UInt8] = []

  /// Starts with no names of columns: for rows that follow others in a file.
  init() {}

  /// Starts a table with the names of its columns.
  public init(columns: [String]) {
    append(columns)
  }

  /// Adds a row.
  public mutating func append(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(Self.comma) }
      bytes.append(contentsOf: Self.quoted(cell).utf8)
    }
    bytes.append(Self.lineFeed)
  }

  /// Adds a cell to the row that `endRow` ends.
  ///
  /// Large tables have a row for every position of an image: these three make no array of cells.
  mutating func add(_ index: Int) {
    separate()
    bytes.append(contentsOf: "\(index)".utf8)
  }

  /// Adds a number, with as few digits as read back to the same value, to the row that `endRow` ends.
  mutating func add(_ value: Float) {
    separate()
    bytes.append(contentsOf: "\(value)".utf8)
  }

  /// Ends a row of cells added one by one.
  mutating func endRow() {
    bytes.append(Self.lineFeed)
  }

  private mutating func separate() {
    if let last = bytes.last, last != Self.lineFeed { bytes.append(Self.comma) }
  }

  private static let comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n")

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
