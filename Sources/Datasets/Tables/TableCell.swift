/// A cell of a table, as messages name it.
public struct TableCell: Sendable, Hashable, CustomStringConvertible {
  /// The line of the file on which its row starts, counting from 1 as editors do.
  public let line: Int
  /// The column, counting from 0 as `--label-column` does.
  public let column: Int
  /// The title of the column, when the table has titles.
  public let title: String?

  /// Creates the name of a cell.
  ///
  /// - Parameters:
  ///   - line: The line of the file on which its row starts, counting from 1.
  ///   - column: The column, counting from 0.
  ///   - title: The title of the column.
  public init(line: Int, column: Int, title: String?) {
    self.line = line
    self.column = column
    self.title = title
  }

  /// `line 7, column 3`, or `line 7, column 3 ('t2')`.
  public var description: String { "line \(line), column \(column)\(title.map { " ('\($0)')" } ?? "")" }
}
