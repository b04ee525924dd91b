import HDF5Files
import Testing

@Suite struct HDF5AttributeTests {
  @Test(arguments: [
    ("text", HDF5Attribute.string("µV")), ("empty-text", .string("")),
    ("texts", .strings(["a", "bc", "µV"])),
    ("bytes", .string("tensorflow")), ("names", .strings(["conv1d", "max", "d"])),
    ("space-padded", .string("ab")), ("zero-terminated", .strings(["ab", "c"])), ("empty-list", .doubles([])),
    ("no-texts", .strings([])), ("integer", .integers([-3])), ("integers", .integers([1, 2, 3])),
    ("float", .doubles([0.25])), ("floats", .doubles([0.5, -1.5])), ("table", .integers([1, 2, 3, 4])),
    ("boolean", .booleans([true])), ("booleans", .booleans([false, true])), ("null", .doubles([])),
    ("no-text", .strings([])),
  ])
  func readsEveryEncoding(name: String, expected: HDF5Attribute) throws {
    let group = try Fixtures.open("attributes.h5").root.group("attributes")
    #expect(try group.attribute(name) == expected)
  }

  @Test func isNilWhenAbsent() throws {
    let group = try Fixtures.open("attributes.h5").root.group("attributes")
    #expect(try group.attribute("nothing") == nil)
    #expect(try group.attribute("") == nil)
    #expect(try group.attribute("text\0") == nil)
  }

  @Test func dataSetsHaveThem() throws {
    let leaf = try Fixtures.open("attributes.h5").root.dataset("attributes/leaf")
    #expect(try leaf.attributeNames() == ["unit"])
    #expect(try leaf.attribute("unit") == .string("mV"))
  }

  @Test func listsNamesSorted() throws {
    let file = try Fixtures.open("newest.h5")
    // Twelve attributes are kept outside of the object's header.
    let many = try file.root.group("many")
    let names = try many.attributeNames()
    #expect(names == (0..<12).map { $0 < 10 ? "a0\($0)" : "a\($0)" })
    #expect(try many.attribute("a07") == .integers([7]))
    #expect(try file.root.attributeNames() == [])
  }

  @Test func refusesWhatItCannotHold() throws {
    let path = Fixtures.path("attributes.h5")
    let group = try Fixtures.open("attributes.h5").root.group("attributes")
    func place(_ name: String) -> String { "attribute '\(name)' of /attributes" }
    #expect(
      throws: HDF5Error.wrongType(
        file: path, path: place("complex"), expected: "numbers or text", found: "compound")
    ) { try group.attribute("complex") }
    #expect(throws: HDF5Error.notText(file: path, path: place("latin"))) { try group.attribute("latin") }
    #expect(throws: HDF5Error.outOfRange(file: path, path: place("beyond-signed"), value: 1 << 63)) {
      try group.attribute("beyond-signed")
    }
  }

  @Test func showsTextsInAnotherForm() {
    #expect(HDF5Attribute.string("a").text == "a")
    #expect(HDF5Attribute.string("a").texts == ["a"])
    #expect(HDF5Attribute.strings(["a"]).text == nil)
    #expect(HDF5Attribute.strings(["a"]).texts == ["a"])
    #expect(HDF5Attribute.integers([1]).texts == nil)
    #expect(HDF5Attribute.strings(["1"]).numbers == nil)
  }

  @Test(arguments: [HDF5Attribute.integers([]), .doubles([]), .booleans([])])
  func anEmptyListOfAnyTypeIsAListOfTexts(attribute: HDF5Attribute) {
    #expect(attribute.texts == [])
    #expect(attribute.numbers == [])
  }

  @Test func showsNumbersInAnotherForm() {
    #expect(HDF5Attribute.integers([1, 2]).numbers == [1, 2])
    #expect(HDF5Attribute.doubles([0.5]).numbers == [0.5])
    #expect(HDF5Attribute.booleans([true, false]).numbers == [1, 0])
    #expect(HDF5Attribute.doubles([0.5]).text == nil)
  }
}
