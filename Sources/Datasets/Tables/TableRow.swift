/// One row of a table, as text.
struct TableRow: Equatable {
  /// The line of the file on which the row starts, counting from 1.
  let line: Int
  /// The cells, without quotes and surrounding spaces.
  let cells: [String]
}
