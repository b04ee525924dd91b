/// How the rows of a .csv file become signals and labels.
public struct TableOptions: Sendable, Hashable {
  /// Whether the first row holds titles.
  public enum Header: Sendable, Hashable {
    /// It does when one of its cells that belong to signal or label is a word, or when it numbers the
    /// signal's columns from 0 beside an empty first cell, as data frames are written.
    case detected
    /// It does.
    case present
    /// It does not: it is a signal like the others.
    case absent
  }

  /// A column of a table.
  public enum Column: Sendable, Hashable {
    /// By its title.
    case name(String)
    /// By its number, counting from 0 at the first column of the file.
    case index(Int)

    /// Reads what a user wrote: digits are a number, anything else a title.
    public init(parsing text: String) {
      let isNumber = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
      self = isNumber ? Int(text).map(Column.index) ?? .name(text) : .name(text)
    }
  }

  /// The column with the labels, which is then no part of the signal; it may be among the skipped ones.
  public var labelColumn: Column?
  /// The number of columns at the left that are no part of the signal.
  public var skippedColumns: Int
  /// Whether the first row holds titles.
  public var header: Header

  /// Creates the options; by default every column is signal and a header is detected.
  ///
  /// - Parameters:
  ///   - labelColumn: The column with the labels.
  ///   - skippedColumns: The number of columns at the left that are no part of the signal.
  ///   - header: Whether the first row holds titles.
  public init(labelColumn: Column? = nil, skippedColumns: Int = 0, header: Header = .detected) {
    self.labelColumn = labelColumn
    self.skippedColumns = skippedColumns
    self.header = header
  }
}
