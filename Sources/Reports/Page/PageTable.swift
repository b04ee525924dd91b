/// A table of the page.
struct PageTable {
  /// A heading.
  struct Column {
    var title: String
    var isNumber: Bool
    /// What stands in the heading's `title`, at most one.
    var hint: [String] = []
  }

  /// A cell; arrays hold one element or none.
  struct Cell {
    var text: String
    /// `td`, or `th` for the head of a row.
    var tag = "td"
    var classes: [String] = []
    /// The full value where `text` is shortened.
    var full: [String] = []
    /// What numbers are sorted by.
    var value: [String] = []
    /// How strongly the cell is coloured, from 0 to 1.
    var share: [String] = []
    var isBest = false
    /// An interval behind the value.
    var interval: [String] = []

    /// A text.
    init(_ text: String) {
      self.text = text
      if text.count > 48 { (classes, full) = (["long"], [text]) }
    }

    /// The head of a row.
    static func head(_ text: String) -> Cell {
      var cell = Cell(text)
      cell.tag = "th"
      return cell
    }

    /// A number; a dash for none.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - full: How the file writes it.
    ///   - kind: A class of the cell besides `number`.
    init(_ number: Double?, full: String, kind: String = "") {
      text = number.map(DisplayNumber.text) ?? "–"
      classes = [
        ["number", kind, number == nil ? "empty" : ""].filter { !$0.isEmpty }.joined(separator: " ")
      ]
      value = number == nil ? [] : [full]
      self.full = number == nil ? ["could not be computed"] : [full]
    }
  }

  /// A row.
  struct Row {
    var cells: [Cell]
  }

  var id: String
  var caption: String
  var columns: [Column]
  var rows: [Row]
  var note: [String] = []
  /// Whether the table is folded away at first.
  var folded = false
  var kind = "plain"

  /// A table with the columns of a file.
  ///
  /// - Parameters:
  ///   - id: The identifier in the page.
  ///   - caption: The words above the table.
  ///   - contents: The file.
  ///   - words: The columns that hold texts; all others hold numbers.
  ///   - name: What the file is called.
  /// - Throws: `ReportError.badTable` for a number that is none.
  init(
    id: String, caption: String, _ contents: TableContents, words: Set<String>, file name: String
  ) throws(ReportError) {
    self.id = id
    self.caption = caption
    columns = contents.columns.map {
      Column(title: $0.replacing("_", with: " "), isNumber: !words.contains($0))
    }
    var cells: [[Cell]] = []
    for column in contents.columns {
      let texts = contents.texts(column)
      if words.contains(column) {
        cells.append(texts.map { Cell($0) })
      } else {
        let kind = column == "seconds" ? "seconds" : ""
        cells.append(zip(try contents.numbers(column), texts).map { Cell($0, full: $1, kind: kind) })
      }
    }
    let hasCells = contents.columns.indices.map { column in contents.rows.contains { !$0[column].isEmpty } }
    let kept = contents.columns.indices.filter { hasCells[$0] || contents.rows.isEmpty }
    let all = columns
    let empty = all.indices.filter { !kept.contains($0) }.map { all[$0].title }
    columns = kept.map { all[$0] }
    rows = contents.rows.indices.map { row in Row(cells: kept.map { cells[$0][row] }) }
    var notes: [String] = []
    if contents.rowCount > contents.rows.count {
      notes.append(
        "The first \(contents.rows.count.grouped) of \(contents.rowCount.grouped) rows; all are in \(name).")
    }
    if !empty.isEmpty { notes.append("Left out because they are empty: \(empty.joined(separator: ", ")).") }
    note = notes.isEmpty ? [] : [notes.joined(separator: " ")]
  }

  /// A table made here.
  init(id: String, caption: String, columns: [Column], rows: [Row]) {
    self.id = id
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }
}
