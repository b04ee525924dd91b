import HDF5Files
import Testing

@Suite struct HDF5DatasetTextTests {
  @Test(arguments: [
    ("zero-padded", ["a", "bc", ""]), ("zero-terminated", ["a", "bc", ""]),
    ("space-padded", ["a", "bc", ""]),
    ("full", ["ab", "cd"]), ("fixed-unicode", ["µV", "a"]), ("variable", ["a", "bc", "", "µV"]),
    ("variable-ascii", ["a", "bc"]), ("scalar", ["one"]), ("empty", []), ("never-written", ["", ""]),
    ("packed", ["a", "bc", "µV"]), ("table", ["a", "b", "c", "d"]),
  ])
  func readsEveryLayout(name: String, expected: [String]) throws {
    let dataset = try Fixtures.open("text.h5").root.dataset("text/\(name)")
    #expect(dataset.elementType == .string)
    #expect(try dataset.strings() == expected)
  }

  @Test func readsRowsOfText() throws {
    let group = try Fixtures.open("text.h5").root.group("text")
    #expect(try group.dataset("table").strings(rows: 1..<2) == ["c", "d"])
    #expect(try group.dataset("variable").strings(rows: 3..<4) == ["µV"])
  }

  @Test func readsTheFillValueOfText() throws {
    let group = try Fixtures.open("text.h5").root.group("text")
    #expect(try group.dataset("filled").strings() == ["µV", "µV"])
    #expect(try group.dataset("filled-chunks").strings() == ["µV", "µV"])
    // Beside chunks that are there, libhdf5 itself would look the value up, which it must not.
    let partly = try group.dataset("partly-filled")
    #expect(throws: HDF5Error.self) { try partly.strings() }
    #expect(try partly.strings(rows: 1..<2) == ["a"])
  }

  @Test func refusesTextThatIsNotUnicode() throws {
    let dataset = try Fixtures.open("text.h5").root.dataset("text/latin")
    #expect(throws: HDF5Error.notText(file: Fixtures.path("text.h5"), path: "/text/latin")) {
      try dataset.strings()
    }
  }

  @Test func refusesTextAsNumbersAndNumbersAsText() throws {
    let text = try Fixtures.open("text.h5").root.dataset("text/variable")
    #expect(
      throws: HDF5Error.wrongType(
        file: Fixtures.path("text.h5"), path: "/text/variable", expected: "numbers", found: "text")
    ) { try text.floats() }
    let numbers = try Fixtures.open("numbers.h5").root.dataset("numbers/signed-i2")
    #expect(
      throws: HDF5Error.wrongType(
        file: Fixtures.path("numbers.h5"), path: "/numbers/signed-i2", expected: "text",
        found: "16-bit integer")
    ) { try numbers.strings() }
  }
}
