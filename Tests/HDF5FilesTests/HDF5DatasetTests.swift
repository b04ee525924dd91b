import HDF5Files
import Testing

@Suite struct HDF5DatasetTests {
  static let floatTypes = [
    "float-little-f2", "float-little-f4", "float-little-f8", "float-big-f2", "float-big-f4", "float-big-f8",
  ]

  @Test(arguments: floatTypes + ["bfloat16"])
  func readsEveryFloatingPointType(name: String) throws {
    let dataset = try Fixtures.open("numbers.h5").root.dataset("numbers/\(name)")
    #expect(dataset.shape == [5])
    #expect(dataset.count == 5)
    #expect(dataset.name == name)
    #expect(dataset.path == "/numbers/\(name)")
    // Exact in bfloat16 as well: 8 significant bits hold 100 and 3.5.
    #expect(try dataset.floats() == [0, 1, -2, 3.5, 100])
    #expect(try dataset.doubles() == [0, 1, -2, 3.5, 100])
    let bits = if name.hasSuffix("4") { 32 } else if name.hasSuffix("8") { 64 } else { 16 }
    #expect(dataset.elementType == .float(bits: bits))
  }

  @Test(arguments: ["i1", "i2", "i4", "i8", "big-i1", "big-i2", "big-i4", "big-i8"])
  func readsEverySignedType(name: String) throws {
    let dataset = try Fixtures.open("numbers.h5").root.dataset("numbers/signed-\(name)")
    let bytes = try #require(name.last?.wholeNumberValue)
    #expect(dataset.elementType == .integer(bits: 8 * bytes, signed: true))
    #expect(try dataset.integers() == [0, 1, -2, 100])
    #expect(try dataset.floats() == [0, 1, -2, 100])
    #expect(try dataset.doubles() == [0, 1, -2, 100])
  }

  @Test(arguments: [1, 2, 4, 8])
  func readsEveryUnsignedType(bytes: Int) throws {
    let dataset = try Fixtures.open("numbers.h5").root.dataset("numbers/unsigned-u\(bytes)")
    #expect(dataset.elementType == .integer(bits: 8 * bytes, signed: false))
    #expect(try dataset.integers() == [0, 1, 200])
    #expect(try dataset.floats() == [0, 1, 200])
  }

  @Test func readsBooleans() throws {
    let dataset = try Fixtures.open("numbers.h5").root.dataset("numbers/boolean")
    #expect(dataset.elementType == .boolean)
    #expect(try dataset.integers() == [1, 0, 1])
    #expect(try dataset.floats() == [1, 0, 1])
    #expect(try dataset.doubles(rows: 1..<3) == [0, 1])
  }

  @Test func readsScalars() throws {
    let group = try Fixtures.open("numbers.h5").root.group("numbers")
    let float = try group.dataset("scalar-float")
    #expect(float.shape == [])
    #expect(float.count == 1)
    #expect(try float.floats() == [2.5])
    #expect(try group.dataset("scalar-integer").integers() == [-7])
  }

  @Test(arguments: [("empty", [0]), ("empty-rows", [3, 0]), ("null", [0])])
  func readsArraysWithoutElements(name: String, shape: [Int]) throws {
    let dataset = try Fixtures.open("numbers.h5").root.dataset("numbers/\(name)")
    #expect(dataset.shape == shape)
    #expect(dataset.count == 0)
    #expect(try dataset.floats() == [])
  }

  @Test func keepsValuesThatAreNotFinite() throws {
    let dataset = try Fixtures.open("numbers.h5").root.dataset("numbers/special")
    let doubles = try dataset.doubles()
    #expect(doubles[0].isNaN)
    #expect(Array(doubles[1...]) == [.infinity, -.infinity, 1e300])
    let floats = try dataset.floats()
    #expect(floats[0].isNaN)
    #expect(Array(floats[1...]) == [.infinity, -.infinity, .infinity])
  }

  @Test(arguments: [
    "contiguous", "chunked", "gzip", "shuffled", "checked", "growing", "compact",
  ])
  func readsEveryStorage(name: String) throws {
    let dataset = try Fixtures.open("storage.h5").root.dataset("storage/\(name)")
    #expect(dataset.shape == [2, 3, 4])
    #expect(try dataset.floats() == (0..<24).map { Float($0) })
    #expect(try dataset.floats(rows: 1..<2) == (12..<24).map { Float($0) })
    #expect(try dataset.doubles(rows: 0..<1) == (0..<12).map { Double($0) })
    #expect(try dataset.floats(rows: 1..<1) == [])
  }

  @Test(arguments: ["contiguous", "gzip", "growing", "growing-twice"])
  func readsTheNewestFormat(name: String) throws {
    let dataset = try Fixtures.open("newest.h5").root.dataset(name)
    #expect(try dataset.floats() == (0..<24).map { Float($0) })
  }

  @Test func readsWhatWasNeverWrittenAsItsFillValue() throws {
    let group = try Fixtures.open("storage.h5").root.group("storage")
    #expect(try group.dataset("never-written").floats() == [7, 7, 7, 7])
    #expect(try group.dataset("partly-written").floats() == [-1, -1, 5, 6, -1, -1, -1, -1])
  }

  @Test func refusesFiltersThatAreNotThere() throws {
    let dataset = try Fixtures.open("storage.h5").root.dataset("storage/lzf")
    #expect(
      throws: HDF5Error.unusableFilter(
        file: Fixtures.path("storage.h5"), path: "/storage/lzf", filter: "filter 32000 'lzf'")
    ) { try dataset.floats() }
  }

  @Test func refusesToDeflateTwice() throws {
    let dataset = try Fixtures.open("storage.h5").root.dataset("storage/twice-deflated")
    #expect(
      throws: HDF5Error.unusableFilter(
        file: Fixtures.path("storage.h5"), path: "/storage/twice-deflated", filter: "2 passes of deflate")
    ) { try dataset.floats() }
  }

  @Test(arguments: [-1..<1, 0..<3, 2..<3, 5..<9, Int.min..<Int.max])
  func refusesRowsThatAreNotThere(rows: Range<Int>) throws {
    let dataset = try Fixtures.open("storage.h5").root.dataset("storage/gzip")
    let error = HDF5Error.missingRows(
      file: Fixtures.path("storage.h5"), path: "/storage/gzip", rows: rows, available: 2)
    #expect(throws: error) { try dataset.floats(rows: rows) }
    #expect(throws: error) { try dataset.doubles(rows: rows) }
  }

  @Test func aScalarHasNoRows() throws {
    let dataset = try Fixtures.open("numbers.h5").root.dataset("numbers/scalar-integer")
    #expect(
      throws: HDF5Error.missingRows(
        file: Fixtures.path("numbers.h5"), path: "/numbers/scalar-integer", rows: 0..<1, available: 0)
    ) { try dataset.integers(rows: 0..<1) }
  }

  @Test func refusesIntegersThatDoNotFit() throws {
    let dataset = try Fixtures.open("numbers.h5").root.dataset("numbers/beyond-signed")
    #expect(
      throws: HDF5Error.outOfRange(
        file: Fixtures.path("numbers.h5"), path: "/numbers/beyond-signed", value: 1 << 63)
    ) { try dataset.integers() }
    #expect(try dataset.integers(rows: 0..<1) == [1])
    #expect(try dataset.doubles() == [1, 0x1p63])
  }

  @Test func doesNotCutFloatsToIntegers() throws {
    let dataset = try Fixtures.open("numbers.h5").root.dataset("numbers/float-little-f4")
    #expect(
      throws: HDF5Error.wrongType(
        file: Fixtures.path("numbers.h5"), path: "/numbers/float-little-f4", expected: "integers",
        found: "32-bit float")
    ) { try dataset.integers() }
  }

  @Test(arguments: [
    ("compound", "compound"), ("complex", "compound"), ("array", "array"), ("opaque", "opaque bytes"),
    ("lists", "lists of varying length"), ("enumeration", "enumeration"), ("reference", "references"),
    ("bits", "bit field"),
  ])
  func refusesOtherTypesByName(name: String, type: String) throws {
    let dataset = try Fixtures.open("other.h5").root.dataset("other/\(name)")
    #expect(dataset.elementType == .other(type))
    let file = Fixtures.path("other.h5")
    let path = "/other/\(name)"
    #expect(throws: HDF5Error.wrongType(file: file, path: path, expected: "numbers", found: type)) {
      try dataset.floats()
    }
    #expect(throws: HDF5Error.wrongType(file: file, path: path, expected: "integers", found: type)) {
      try dataset.integers()
    }
    #expect(throws: HDF5Error.wrongType(file: file, path: path, expected: "text", found: type)) {
      try dataset.strings()
    }
  }

  @Test(arguments: [("long-double", "float of unusual layout"), ("eleven-bits", "integer of unusual layout")])
  func refusesNumbersOfUnusualLayout(name: String, type: String) throws {
    let dataset = try Fixtures.open("numbers.h5").root.dataset("numbers/\(name)")
    #expect(dataset.elementType == .other(type))
  }
}
