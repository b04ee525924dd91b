import Datasets
import TensorCore
import Testing

@Suite struct TableFileTests {
  private func file(_ text: String, _ options: TableOptions = TableOptions()) throws(DatasetError)
    -> ArrayFile
  {
    try ArrayFile(bytes: Array(text.utf8), path: "beats.csv", table: options)
  }

  private func expect(
    _ problem: TableProblem, of text: String, _ options: TableOptions = TableOptions(),
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: DatasetError.table(problem, file: "beats.csv"), sourceLocation: location) {
      try file(text, options)
    }
  }

  /// All of them hold the signals 1, -2.5, 300 and 4, 5, 6.
  @Test(arguments: [
    "1,-2.5,3e2\n4,5,6\n", "1,-2.5,3e2\r\n4,5,6", "1,-2.5,3e2\r4,5,6\r", "1;-2.5;3e2\n4;5;6\n",
    "1\t-2.5\t3e2\n4\t5\t6\n", "\u{feff}1,-2.5,300\n4,5,6\n", "\n\n1,-2.5,300\n \n4,5,6\n\n",
    " 1 , -2.5 ,\"300\"\n4,5,6", "a,b,c\n1,-2.5,300\n4,5,6", "\"a,;\n\"\"b\",\"b\",c\n1,-2.5,300\n4,5,6",
    "a;b;\"c,d\"\n1;-2.5;300\n+4;5.;6.0", "a,b,\"c;d\"\n1,-2.5,300\n4,5,6",
  ])
  func separatorsLineEndsQuotesAndHeadersAreRecognised(_ text: String) throws {
    let file = try file(text)
    #expect(file.entries == [ArrayEntry(name: "beats", shape: [2, 3], kind: .float64)])
    #expect(try file.array() == NumericArray([2, 3], [1, -2.5, 300, 4, 5, 6]))
    #expect(try file.labels() == nil)
  }

  @Test func labelsComeByTitleOrNumberAndMayLieAmongSkippedColumns() throws {
    let text = "record,label,t0,t1\nA7,2,0.5,1\nB9,0.0,3,4\n"
    for column in [TableOptions.Column.name("label"), .index(1)] {
      let file = try file(text, TableOptions(labelColumn: column, skippedColumns: 2))
      #expect(try file.array().doubles() == [0.5, 1, 3, 4])
      #expect(try file.labels() == [2, 0])
    }
    let last = try file("1,2,7\n3,4,8", TableOptions(labelColumn: .index(2)))
    #expect(try last.array().doubles() == [1, 2, 3, 4])
    #expect(try last.labels() == [7, 8])
  }

  @Test func aHeaderMayBeStatedAndIsSeenInDataFrames() throws {
    #expect(try file("1,2\n3,4", TableOptions(header: .present)).array().doubles() == [3, 4])
    // Row numbers under an untitled column, then the columns' own numbers.
    let frame = try file(",0,1\n0,5,6\n1,7,8\n", TableOptions(skippedColumns: 1))
    #expect(try frame.array().doubles() == [5, 6, 7, 8])
    expect(
      .word("a", at: TableCell(line: 1, column: 0, title: nil)), of: "a,b\n1,2", TableOptions(header: .absent)
    )
  }

  @Test func columnsAreReadAsNumberOrTitle() {
    #expect(TableOptions.Column(parsing: "12") == .index(12))
    #expect(TableOptions.Column(parsing: "label") == .name("label"))
    #expect(TableOptions.Column(parsing: "-1") == .name("-1"))
    #expect(TableOptions.Column(parsing: "") == .name(""))
  }

  @Test func whatIsNoNumberIsRefusedWithItsPlace() {
    let cell = TableCell(line: 3, column: 1, title: "t1")
    expect(.word("high", at: cell), of: "t0,t1\n1,2\n3,high\n")
    expect(.word("0x10", at: cell), of: "t0,t1\n1,2\n3,0x10\n")
    expect(.emptyCell(at: cell), of: "t0,t1\n1,2\n3,\n")
    for text in ["nan", "NaN", "-inf", "Infinity", "1e999", "NA"] {
      expect(.notFinite(text, at: cell), of: "t0,t1\n1,2\n3,\(text)\n")
    }
    expect(.label("1.5", at: cell), of: "t0,t1\n1,2\n3,1.5\n", TableOptions(labelColumn: .name("t1")))
    // The second row starts on line 4, because the first title holds two line ends.
    expect(
      .word("x", at: TableCell(line: 5, column: 1, title: "b")), of: "\"a\n\n\",b\n1,2\n3,x\n")
  }

  @Test func rowsMustHaveOneLength() {
    expect(.ragged(line: 2, expected: 3, found: 2), of: "1,2,3\n4,5\n")
    expect(.ragged(line: 3, expected: 2, found: 3), of: "a,b\n4,5\n4,5,\n")
  }

  @Test func thereMustBeRowsOfSignals() {
    expect(.empty, of: "")
    expect(.empty, of: "\n \n,\n".replacing(",", with: ""))
    expect(.empty, of: "a,b\n")
    expect(.skipped(2, columns: 2), of: "1,2\n", TableOptions(skippedColumns: 2))
    expect(.skipped(-1, columns: 2), of: "1,2\n", TableOptions(skippedColumns: -1))
    expect(.skipped(0, columns: 1), of: "1\n", TableOptions(labelColumn: .index(0)))
  }

  @Test func labelColumnsMustExist() {
    expect(
      .noLabelColumn("class", columns: ["a", "b"]), of: "a,b\n1,2\n",
      TableOptions(labelColumn: .name("class")))
    expect(
      .noLabelColumn("7", columns: ["0", "1"]), of: "1,2\n", TableOptions(labelColumn: .index(7)))
    expect(
      .noLabelColumn("a", columns: []), of: "a,b\n1,2\n",
      TableOptions(labelColumn: .name("a"), header: .absent))
  }

  @Test func quotesAndEncodingMustBeWhole() throws {
    expect(.openQuote(line: 2), of: "1,2\n\"3,4\n5,6\n")
    #expect(throws: DatasetError.table(.notText(line: 2), file: "beats.csv")) {
      try ArrayFile(bytes: Array("1,2\n3,".utf8) + [0xff], path: "beats.csv")
    }
  }

  @Test func heartBeatsAreRead() throws {
    guard let path = Reference.path("signals/mitbih_beats_5class.csv", for: "a real .csv file") else {
      return
    }
    let options = TableOptions(labelColumn: .name("label_NSVFQ"), skippedColumns: 4)
    let file = try ArrayFile(contentsOf: path, table: options)
    #expect(try file.array().shape == [100, 187])
    #expect(try file.array().doubles()[1] == 0.652102)
    #expect(Set(try #require(try file.labels())) == [0, 1, 2, 3, 4])
  }
}
