import Reports
import Testing

@Suite struct CSVTableTests {
  @Test func cellsAreQuotedWhereTheyMustBe() {
    var table = CSVTable(columns: ["a", "b"])
    table.append(["plain", "with, comma"])
    table.append(["say \"so\"", "two\nlines"])
    #expect(
      String(decoding: table.bytes, as: UTF8.self)
        == "a,b\nplain,\"with, comma\"\n\"say \"\"so\"\"\",\"two\nlines\"\n")
  }
}
