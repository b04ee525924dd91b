import Foundation

/// A map that a run wrote, read back from its table.
public struct MapContents: Sendable, Equatable {
  /// The names of the axes: none for features, `position`, `row` and `column`, or `plane` before these.
  public let axes: [String]
  /// The number of positions along every axis, the outermost first; the number of features for features.
  public let extents: [Int]
  /// The channels that the table tells apart.
  public let channels: Int
  /// The input, channels innermost, where the table has it.
  public let input: [Float]?
  /// The attribution, channels innermost.
  public let values: [Float]

  /// The number of positions.
  public var positions: Int { extents.reduce(1, *) }

  private static let layouts: [[String]] = [
    ["feature"], ["position"], ["row", "column"], ["plane", "row", "column"],
  ]

  /// Reads a table of a map.
  ///
  /// - Parameter path: The file.
  /// - Throws: `ReportError` when it cannot be read, has other columns, leaves out a position or holds something that is not a finite
  ///   number.
  public init(_ path: String) throws(ReportError) {
    let data = try TableContents.bytes(of: path)
    let result: Result<MapContents, ReportError> = data.withUnsafeBytes { raw in
      do throws(ReportError) {
        return .success(try MapContents(raw.bindMemory(to: UInt8.self), path))
      } catch {
        return .failure(error)
      }
    }
    self = try result.get()
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ path: String) throws(ReportError) {
    var records = CSVRecords(bytes, path: path)
    let columns = try records.next() ? records.cells.indices.map(records.text) : []
    guard
      let layout = Self.layouts.first(where: { axes in
        ["channel,input,", "channel,", "input,", ""].contains {
          columns.joined(separator: ",") == axes.joined(separator: ",") + "," + $0 + "attribution"
        }
      })
    else {
      throw .badTable(
        path: path, line: 1,
        expected: "the columns of a map, such as position,input,attribution or row,column,attribution",
        found: "'\(columns.prefix(20).joined(separator: ","))'")
    }
    let coordinateCount = columns.contains("channel") ? layout.count + 1 : layout.count
    let inputColumn = columns.firstIndex(of: "input")
    var (inputs, values) = ([Float](), [Float]())
    var coordinates = [Int](repeating: 0, count: coordinateCount)
    // The extents of all axes but the outermost show when the one before them first moves on.
    var extents = [Int](repeating: 0, count: coordinateCount)
    while try records.next() {
      guard records.cells.count == columns.count else {
        throw .badTable(
          path: path, line: records.line, expected: "\(columns.count) cells", found: "\(records.cells.count)")
      }
      let found = try (0..<coordinateCount).map { index throws(ReportError) in
        try Self.coordinate(records, index, columns[index], path)
      }
      if values.isEmpty {
        try Self.require(found.allSatisfy { $0 == 0 }, found, "zeros", records.line, path)
      } else {
        try Self.advance(&coordinates, &extents, to: found, records.line, path)
      }
      if let inputColumn { inputs.append(try Self.number(records, inputColumn, "input", path)) }
      values.append(try Self.number(records, columns.count - 1, "attribution", path))
    }
    guard !values.isEmpty else {
      throw .badTable(path: path, line: 2, expected: "a row for every position", found: "none")
    }
    for axis in extents.indices { extents[axis] = max(extents[axis], coordinates[axis] + 1) }
    guard extents.reduce(1, *) == values.count, zip(extents, coordinates).allSatisfy({ $0 == $1 + 1 }) else {
      throw .badTable(
        path: path, line: records.line + 1, expected: "the rows of the remaining positions",
        found: "the end of the file")
    }
    axes = layout
    channels = columns.contains("channel") ? extents[coordinateCount - 1] : 1
    self.extents = columns.contains("channel") ? extents.dropLast() : extents
    input = inputColumn == nil ? nil : inputs
    self.values = values
  }

  /// Moves on by one position, as nested loops do.
  private static func advance(
    _ coordinates: inout [Int], _ extents: inout [Int], to found: [Int], _ line: Int, _ path: String
  ) throws(ReportError) {
    // The axis that has moved on; those within it are back at zero.
    guard let moved = found.indices.first(where: { found[$0] != coordinates[$0] }),
      found[moved] == coordinates[moved] + 1, found[(moved + 1)...].allSatisfy({ $0 == 0 })
    else {
      throw .badTable(
        path: path, line: line, expected: "the position behind \(coordinates)", found: "\(found)")
    }
    for axis in found.indices where axis > moved {
      let extent = coordinates[axis] + 1
      try require(extents[axis] == 0 || extents[axis] == extent, found, "equal rows", line, path)
      extents[axis] = extent
    }
    coordinates = found
  }

  private static func require(
    _ isRight: Bool, _ found: [Int], _ expected: String, _ line: Int, _ path: String
  ) throws(ReportError) {
    guard isRight else {
      throw .badTable(path: path, line: line, expected: expected, found: "\(found)")
    }
  }

  private static func coordinate(
    _ records: CSVRecords, _ index: Int, _ column: String, _ path: String
  ) throws(ReportError) -> Int {
    var value = 0
    let digits = records.bytes(index)
    guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .badTable(
        path: path, line: records.line, expected: "a whole number in the column '\(column)'",
        found: "'\(records.text(index).prefix(80))'")
    }
    for digit in digits { value = value * 10 + Int(digit - 0x30) }
    return value
  }

  private static func number(
    _ records: CSVRecords, _ index: Int, _ column: String, _ path: String
  ) throws(ReportError) -> Float {
    let text = records.text(index)
    guard let number = Float(text), number.isFinite else {
      throw .badTable(
        path: path, line: records.line, expected: "a finite number in the column '\(column)'",
        found: "'\(text.prefix(80))'")
    }
    return number
  }
}
