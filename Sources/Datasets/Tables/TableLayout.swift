/// Which columns of a table are signal and which one holds the labels.
struct TableLayout {
  let file: String
  let columnCount: Int
  let hasHeader: Bool
  let signalColumns: [Int]
  let labelColumn: Int?
  private let titles: [String]?

  /// Decides from the first row.
  ///
  /// - Throws: `DatasetError.table` when the label column does not exist or no column is left for the signal.
  init(first: TableRow, _ options: TableOptions, file: String) throws(DatasetError) {
    let count = first.cells.count
    guard (0..<count).contains(options.skippedColumns) else {
      throw .table(.skipped(options.skippedColumns, columns: count), file: file)
    }
    let label = try Self.labelColumn(first, options, file)
    signalColumns = (options.skippedColumns..<count).filter { $0 != label }
    guard !signalColumns.isEmpty else {
      throw .table(.skipped(options.skippedColumns, columns: count), file: file)
    }
    switch options.header {
    case .present: hasHeader = true
    case .absent: hasHeader = false
    case .detected:
      // A label column found by its title needs a header, whatever the other cells look like.
      if case .name = options.labelColumn {
        hasHeader = true
      } else {
        hasHeader = Self.looksLikeTitles(first.cells, signalColumns, label)
      }
    }
    titles = hasHeader ? first.cells : nil
    labelColumn = label
    columnCount = count
    self.file = file
  }

  /// Whether a first row holds titles: a word among signal or label, or the bare column numbers that data
  /// frames write beside the untitled column of their row numbers.
  private static func looksLikeTitles(_ cells: [String], _ signal: [Int], _ label: Int?) -> Bool {
    let used = signal + (label.map { [$0] } ?? [])
    if used.contains(where: { TableNumber(cells[$0]) == .word }) { return true }
    return cells[0].isEmpty && signal.enumerated().allSatisfy { cells[$0.element] == "\($0.offset)" }
  }

  private static func labelColumn(
    _ first: TableRow, _ options: TableOptions, _ file: String
  ) throws(DatasetError) -> Int? {
    switch options.labelColumn {
    case nil: return nil
    case .index(let index):
      guard first.cells.indices.contains(index) else {
        throw .table(.noLabelColumn("\(index)", columns: first.cells.indices.map { "\($0)" }), file: file)
      }
      return index
    case .name(let name):
      guard options.header != .absent, let index = first.cells.firstIndex(of: name) else {
        throw .table(.noLabelColumn(name, columns: options.header == .absent ? [] : first.cells), file: file)
      }
      return index
    }
  }

  /// Appends the signal and the label of a row.
  ///
  /// - Throws: `DatasetError.table` for a row of another length, a cell that is no finite number, or a label
  ///   that is no whole number.
  func append(_ row: TableRow, to values: inout [Double], _ labels: inout [Int]) throws(DatasetError) {
    guard row.cells.count == columnCount else {
      throw .table(.ragged(line: row.line, expected: columnCount, found: row.cells.count), file: file)
    }
    for column in signalColumns {
      values.append(try number(row, column))
    }
    if let labelColumn {
      guard let label = Int(exactly: try number(row, labelColumn)) else {
        throw .table(.label(row.cells[labelColumn], at: cell(row, labelColumn)), file: file)
      }
      labels.append(label)
    }
  }

  private func number(_ row: TableRow, _ column: Int) throws(DatasetError) -> Double {
    switch TableNumber(row.cells[column]) {
    case .number(let value): return value
    case .empty: throw .table(.emptyCell(at: cell(row, column)), file: file)
    case .notFinite: throw .table(.notFinite(row.cells[column], at: cell(row, column)), file: file)
    case .word: throw .table(.word(row.cells[column], at: cell(row, column)), file: file)
    }
  }

  private func cell(_ row: TableRow, _ column: Int) -> TableCell {
    TableCell(line: row.line, column: column, title: titles?[column])
  }
}
