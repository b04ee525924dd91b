import Foundation
import Reports
import Testing

@Suite struct TableContentsTests {
  private func contents(_ text: String, requiring columns: [String] = [], keeping most: Int = .max) throws
    -> TableContents
  {
    let folder = try RunFixture(["t.csv": text])
    return try TableContents("\(folder.path)/t.csv", requiring: columns, keeping: most)
  }

  private func refusal(_ text: String, requiring columns: [String] = []) -> String {
    do {
      let table = try contents(text, requiring: columns)
      _ = try table.numbers("n")
      return "none"
    } catch let error as ReportError {
      #expect(error.failureClass == .badData)
      return error.description.split(separator: "', ").dropFirst().joined(separator: "', ")
    } catch {
      return "\(error)"
    }
  }

  @Test func quotedCellsHoldCommasMarksAndLines() throws {
    let table = try contents("a,b\n\"x, y\",\"say \"\"no\"\"\"\n\"two\nlines\",\n")
    #expect(table.columns == ["a", "b"])
    #expect(table.rows == [["x, y", "say \"no\""], ["two\nlines", ""]])
  }

  @Test(arguments: ["a,n\r\n1,2\r\n3,4\r\n", "\u{feff}a,n\n1,2\n3,4", "a,n\n\"1\",\"2\"\n\"3\",\"4\"\n"])
  func lineEndsMarksAndQuotesOfOthers(text: String) throws {
    #expect(try contents(text).rows == [["1", "2"], ["3", "4"]])
  }

  @Test func whatTheWriterQuotesIsReadBack() throws {
    let cells = [
      "", "a", "a,b", "\"", "\r\n", "é\u{301}", "\"\u{301}\"\u{338}", ",\u{301}", " ", "\"\"", "a\"b\nc",
    ]
    var written = CSVTable(columns: cells.indices.map { "c\($0)" })
    written.append(cells)
    #expect(try contents(String(decoding: written.bytes, as: UTF8.self)).rows == [cells])
  }

  @Test func numbersAreFiniteOrEmpty() throws {
    #expect(try contents("n\n1.5\n\"\"\n-2e-3\n").numbers("n") == [1.5, nil, -0.002])
    #expect(try contents("a\n1\n").numbers("n") == [])
  }

  @Test func rowsThatAreNotKeptAreCounted() throws {
    let table = try contents("n\n1\n2\n3\n", keeping: 2)
    #expect(table.rows.count == 2 && table.rowCount == 3)
  }

  @Test(arguments: [
    ("n\n1\nword\n", "line 3: expected a finite number or nothing in the column 'n', found 'word'"),
    ("n\nnan\n", "line 2: expected a finite number or nothing in the column 'n', found 'nan'"),
    ("n\n1e999\n", "line 2: expected a finite number or nothing in the column 'n', found '1e999'"),
    ("a,n\n1\n", "line 2: expected 2 cells, found 1"),
    ("a,n\n\"x\ny\",1\n1,2,3\n", "line 4: expected 2 cells, found 3"),
    ("n\n\"1\n", "line 2: expected a closing quotation mark at the end of a cell, found the end of the file"),
    (
      "n\n\"1\"2\n",
      "line 2: expected a closing quotation mark at the end of a cell, found more text behind it"
    ),
    ("", "line 1: expected the names of columns, found an empty file"),
  ])
  func aDamagedTableIsRefused(text: String, part: String) {
    #expect(refusal(text).hasPrefix(part), "\(refusal(text))")
  }

  @Test func aMissingColumnIsNamed() {
    #expect(
      refusal("a,n\n1,2\n", requiring: ["item"]).hasPrefix("line 1: expected a column 'item', found a,n"))
  }
}
