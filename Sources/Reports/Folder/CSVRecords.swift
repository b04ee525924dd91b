/// The records of comma-separated text by RFC 4180, one at a time, with line feeds or both line ends.
///
/// Cells are ranges of the bytes, so that tables of many numbers are read without a text for each.
struct CSVRecords {
  /// One cell of a record.
  struct Cell {
    /// Where it stands, without its quotation marks.
    let range: Range<Int>
    /// Whether a quotation mark inside is doubled.
    let hasDoubledMarks: Bool
  }

  private let path: String
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place: Int
  /// The line that the next record begins in.
  private var nextLine = 1
  /// The line that the last record began in, counted from 1.
  private(set) var line = 0
  /// The cells of the last record.
  private(set) var cells: [Cell] = []

  private static let (comma, mark, feed, carriage) = (
    UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")
  )

  /// Starts before the first record; a byte order mark is passed over.
  init(_ bytes: UnsafeBufferPointer<UInt8>, path: String) {
    self.bytes = bytes
    self.path = path
    place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Reads the next record.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: `ReportError.badTable` for a quotation that does not end where a cell does.
  mutating func next() throws(ReportError) -> Bool {
    guard place < bytes.count else { return false }
    line = nextLine
    cells.removeAll(keepingCapacity: true)
    while true {
      cells.append(try cell())
      guard place < bytes.count else { break }
      let separator = bytes[place]
      place += 1
      if separator == Self.comma {
        // A comma at the very end has an empty cell behind it.
        continue
      }
      if separator == Self.carriage, place < bytes.count, bytes[place] == Self.feed { place += 1 }
      break
    }
    nextLine += 1
    return true
  }

  private mutating func cell() throws(ReportError) -> Cell {
    guard place < bytes.count, bytes[place] == Self.mark else {
      let start = place
      while place < bytes.count, !isSeparator(bytes[place]) { place += 1 }
      return Cell(range: start..<place, hasDoubledMarks: false)
    }
    let start = place + 1
    var hasDoubledMarks = false
    place = start
    while place < bytes.count {
      if bytes[place] == Self.mark {
        guard place + 1 < bytes.count, bytes[place + 1] == Self.mark else { break }
        hasDoubledMarks = true
        place += 1
      } else if bytes[place] == Self.feed {
        nextLine += 1
      }
      place += 1
    }
    let end = place
    place += 1
    guard end < bytes.count,
      place >= bytes.count || isSeparator(bytes[place])
    else {
      throw .badTable(
        path: path, line: line, expected: "a closing quotation mark at the end of a cell",
        found: end < bytes.count ? "more text behind it" : "the end of the file")
    }
    return Cell(range: start..<end, hasDoubledMarks: hasDoubledMarks)
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == Self.comma || byte == Self.feed || byte == Self.carriage
  }

  /// A cell as text.
  func text(_ index: Int) -> String {
    let cell = bytes[cells[index].range]
    guard cells[index].hasDoubledMarks else { return String(decoding: cell, as: UTF8.self) }
    var isSecond = false
    let single = cell.filter { byte in
      isSecond = byte == Self.mark && !isSecond
      return byte != Self.mark || isSecond
    }
    return String(decoding: single, as: UTF8.self)
  }

  /// The bytes of a cell.
  func bytes(_ index: Int) -> Slice<UnsafeBufferPointer<UInt8>> { bytes[cells[index].range] }
}
