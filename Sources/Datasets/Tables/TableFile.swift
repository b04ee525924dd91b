import TensorCore

/// The signals of a .csv file, one per row, under the name of the file, with their labels.
struct TableFile: ArraySource {
  let entries: [ArrayEntry]
  let refused: [String: DatasetError] = [:]
  /// The label of each row, when a label column was asked for.
  let labels: [Int]?
  private let signals: NumericArray

  /// Reads all rows.
  ///
  /// - Throws: `DatasetError.table` naming line and column of the first cell that is not what it should be.
  init(_ bytes: [UInt8], path: String, name: String, options: TableOptions) throws(DatasetError) {
    var reader = TableReader(bytes, file: path)
    guard let first = try reader.next() else { throw .table(.empty, file: path) }
    let layout = try TableLayout(first: first, options, file: path)
    var values: [Double] = []
    var labels: [Int] = []
    var count = 0
    var pending = layout.hasHeader ? try reader.next() : first
    while let row = pending {
      try layout.append(row, to: &values, &labels)
      count += 1
      pending = try reader.next()
    }
    guard count > 0 else { throw .table(.empty, file: path) }
    signals = NumericArray([count, layout.signalColumns.count], values)
    entries = [ArrayEntry(name: name, shape: signals.shape, kind: signals.kind)]
    self.labels = layout.labelColumn == nil ? nil : labels
  }

  func array(_ entry: ArrayEntry) throws(DatasetError) -> NumericArray { signals }
}
