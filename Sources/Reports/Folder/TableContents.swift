import Foundation

/// A table that a run wrote, as texts.
public struct TableContents: Sendable {
  /// The file.
  public let path: String
  /// The names of the columns.
  public let columns: [String]
  /// The rows that were kept, each with as many cells as there are columns.
  public let rows: [[String]]
  /// The number of rows in the file.
  public let rowCount: Int
  /// The lines that the kept rows begin in.
  private let lines: [Int]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - required: Columns that it must have.
  ///   - most: The rows to keep; the others are counted.
  /// - Throws: `ReportError` when the file cannot be read, a column is missing or a row has another number of cells.
  public init(_ path: String, requiring required: [String], keeping most: Int = .max) throws(ReportError) {
    let data = try Self.bytes(of: path)
    var (columns, rows, lines, count) = ([String](), [[String]](), [Int](), 0)
    let failure: ReportError? = data.withUnsafeBytes { raw in
      do throws(ReportError) {
        var records = CSVRecords(raw.bindMemory(to: UInt8.self), path: path)
        guard try records.next() else {
          throw .badTable(path: path, line: 1, expected: "the names of columns", found: "an empty file")
        }
        columns = records.cells.indices.map(records.text)
        if let missing = required.first(where: { !columns.contains($0) }) {
          throw .badTable(
            path: path, line: 1, expected: "a column '\(missing)'",
            found: columns.prefix(20).joined(separator: ","))
        }
        while try records.next() {
          guard records.cells.count == columns.count else {
            throw .badTable(
              path: path, line: records.line, expected: "\(columns.count) cells",
              found: "\(records.cells.count)")
          }
          if count < most {
            rows.append(records.cells.indices.map(records.text))
            lines.append(records.line)
          }
          count += 1
        }
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    self.path = path
    self.columns = columns
    self.rows = rows
    self.lines = lines
    rowCount = count
  }

  /// The cells of a column; nothing when there is no such column.
  public func texts(_ column: String) -> [String] {
    guard let index = columns.firstIndex(of: column) else { return [] }
    return rows.map { $0[index] }
  }

  /// The numbers of a column, `nil` where a cell is empty; nothing when there is no such column.
  ///
  /// - Throws: `ReportError.badTable` for a cell that is neither empty nor a finite number.
  public func numbers(_ column: String) throws(ReportError) -> [Double?] {
    guard let index = columns.firstIndex(of: column) else { return [] }
    var numbers: [Double?] = []
    for (row, line) in zip(rows, lines) {
      guard !row[index].isEmpty else {
        numbers.append(nil)
        continue
      }
      guard let number = Double(row[index]), number.isFinite else {
        throw .badTable(
          path: path, line: line, expected: "a finite number or nothing in the column '\(column)'",
          found: "'\(row[index].prefix(80))'")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The content of a file.
  static func bytes(of path: String) throws(ReportError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path: path, reason: Self.reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let underlying, underlying.domain == NSPOSIXErrorDomain else {
      return (error as NSError).localizedDescription
    }
    return String(cString: strerror(Int32(underlying.code)))
  }
}
