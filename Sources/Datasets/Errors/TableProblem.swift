import Boundary

/// What is wrong with a .csv file, or with the way it is to be read.
public enum TableProblem: Sendable, Hashable {
  /// There is no row of data.
  case empty
  /// A row is shorter or longer than the first.
  case ragged(line: Int, expected: Int, found: Int)
  /// A cell that should be a number is text.
  case word(String, at: TableCell)
  /// A cell that should be a number has nothing in it.
  case emptyCell(at: TableCell)
  /// A cell holds a number that is not finite.
  case notFinite(String, at: TableCell)
  /// A label is no whole number.
  case label(String, at: TableCell)
  /// A quote is never closed.
  case openQuote(line: Int)
  /// The text is not UTF-8.
  case notText(line: Int)
  /// There is no such column for the labels.
  case noLabelColumn(String, columns: [String])
  /// So many columns are skipped that none is left.
  case skipped(Int, columns: Int)

  /// The class of the failure.
  var failureClass: FailureClass {
    switch self {
    case .noLabelColumn, .skipped: .usage
    default: .badData
    }
  }
}
