/// Splits separated text into rows of cells.
///
/// As RFC 4180 with what is met in practice: the separator is the comma, the semicolon or the tab, quotes may
/// hold separators, line ends and doubled quotes, lines end in LF, CRLF or CR, a byte-order mark and blank
/// lines are passed over, spaces around a cell do not count.
struct TableReader {
  private let bytes: [UInt8]
  private let separator: UInt8
  private let file: String
  private var position: Int
  private var line = 1

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let blanks: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t")]

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    separator = Self.separator(of: bytes[position...])
  }

  /// A tab where the first row that is not blank has one outside quotes, else a semicolon where it has one,
  /// else a comma.
  ///
  /// Tabs and semicolons go first because numbers and titles hold commas more often than the reverse.
  private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
    var isQuoted = false
    var isBlank = true
    var found: Set<UInt8> = []
    for byte in bytes {
      if byte == quote { isQuoted.toggle() }
      if !isQuoted, byte == lineFeed || byte == carriageReturn {
        if !isBlank { break }
        found = []
        continue
      }
      if !blanks.contains(byte) { isBlank = false }
      if !isQuoted { found.insert(byte) }
    }
    return [UInt8(ascii: "\t"), UInt8(ascii: ";")].first(where: found.contains) ?? UInt8(ascii: ",")
  }

  /// The next row that is not blank; nothing at the end of the file.
  ///
  /// - Throws: `DatasetError.table` for a quote that is never closed and for text that is not UTF-8.
  mutating func next() throws(DatasetError) -> TableRow? {
    while position < bytes.count {
      let row = try row()
      if row.cells.count > 1 || row.cells.contains(where: { !$0.isEmpty }) { return row }
    }
    return nil
  }

  private mutating func row() throws(DatasetError) -> TableRow {
    let start = line
    var cells: [String] = []
    while true {
      cells.append(try cell())
      guard position < bytes.count else { break }
      let end = bytes[position]
      position += 1
      if end == separator { continue }
      if end == Self.carriageReturn, position < bytes.count, bytes[position] == Self.lineFeed {
        position += 1
      }
      line += 1
      break
    }
    return TableRow(line: start, cells: cells)
  }

  /// Reads up to the separator or line end that closes the cell, which stays unread.
  private mutating func cell() throws(DatasetError) -> String {
    let start = line
    var content: [UInt8] = []
    var isQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.quote {
        // A doubled quote inside quotes is one quote; every other quote opens or closes.
        if isQuoted, position + 1 < bytes.count, bytes[position + 1] == Self.quote {
          content.append(byte)
          position += 1
        } else {
          isQuoted.toggle()
        }
      } else if !isQuoted, byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn {
        break
      } else {
        if byte == Self.lineFeed { line += 1 }
        content.append(byte)
      }
      position += 1
    }
    if isQuoted { throw .table(.openQuote(line: start), file: file) }
    let trimmed = content.drop { Self.blanks.contains($0) }
    let end = trimmed.lastIndex { !Self.blanks.contains($0) }.map { $0 + 1 } ?? trimmed.startIndex
    guard let text = String(validating: trimmed[..<end], as: UTF8.self) else {
      throw .table(.notText(line: start), file: file)
    }
    return text
  }
}
