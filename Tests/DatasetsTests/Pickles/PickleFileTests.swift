import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct PickleFileTests {
  static let nested = ["nested-2", "nested-3", "nested-4", "nested-5", "numpy-1"]

  private func file(_ name: String) throws -> ArrayFile {
    try ArrayFile(contentsOf: Fixture.path("pickles/\(name).pkl"))
  }

  @Test(arguments: nested) func everyProtocolGivesTheSameNames(_ name: String) throws {
    #expect(
      try file(name).entries.map(\.description) == [
        "'x' (2x3 float64)", "'y' (2 int64)", "'templates/x' (3x2 int16)", "'templates/big' (2 float32)",
        "'flags' (2 bool)", "'none' (0x4 float32)", "'scalar' (scalar float32)", "'count' (scalar int64)",
        "'rate' (scalar float64)", "'ready' (scalar bool)", "'list' (3 int64)", "'table' (2x2 float64)",
        "'pair/0' (2 uint8)", "'pair/1' (scalar int64)", "'large' (scalar int64)", "'5' (2 bool)",
      ])
  }

  @Test(arguments: nested) func everyProtocolGivesTheSameArrays(_ name: String) throws {
    let file = try file(name)
    #expect(try file.array(named: "x") == NumericArray([2, 3], [0, 0.25, 0.5, 0.75, 1, 1.25]))
    #expect(try file.array(named: "y") == NumericArray([2], [3, -1] as [Int64]))
    #expect(try file.array(named: "templates/x") == NumericArray([3, 2], [0, 1, 2, 3, 4, 5] as [Int16]))
    #expect(try file.array(named: "templates/big") == NumericArray([2], [1.5, -2] as [Float]))
    #expect(try file.array(named: "flags") == NumericArray([2], .bool, [1, 0]))
    #expect(try file.array(named: "none") == NumericArray([0, 4], [] as [Float]))
    #expect(try file.array(named: "scalar") == NumericArray([], [0.25] as [Float]))
    #expect(try file.array(named: "count") == NumericArray([], [7] as [Int64]))
    #expect(try file.array(named: "rate") == NumericArray([], [0.5]))
    #expect(try file.array(named: "ready") == NumericArray([], .bool, [1]))
    #expect(try file.array(named: "list") == NumericArray([3], [1, 2, 3] as [Int64]))
    #expect(try file.array(named: "table") == NumericArray([2, 2], [1, 2.5, 3, 4]))
    #expect(try file.array(named: "pair/0") == NumericArray([2], [0, 1] as [UInt8]))
    #expect(try file.array(named: "pair/1") == NumericArray([], [9] as [Int64]))
    #expect(try file.array(named: "large") == NumericArray([], [-1_099_511_627_776] as [Int64]))
  }

  @Test func aSingleArrayIsNamedLikeItsFile() throws {
    #expect(try file("array").array(named: "array") == NumericArray([3], [0, 1, 2] as [Int32]))
    #expect(try file("array-5-fortran").array() == NumericArray([2, 3], [0.0, 1, 2, 3, 4, 5]))
    #expect(try file("rows").array() == NumericArray([2, 2], [1.5, 2, 3, 4]))
  }

  @Test func aTupleOfArraysIsNumbered() throws {
    #expect(try file("tuple").entries.map(\.name) == ["0", "1"])
    #expect(try file("tuple").array(named: "1") == NumericArray([3], [0, 1, 2] as [Int64]))
  }

  @Test func whatPythonTwoWroteIsRead() throws {
    #expect(try file("python-2").array(named: "x") == NumericArray([2], [1.5, -2]))
  }

  @Test func arraysOfObjectsAreRefusedAndTheRestIsRead() throws {
    let file = try file("objects")
    #expect(file.entries.map(\.name) == ["y"])
    #expect(
      throws: DatasetError.array(
        .unreadableType("O8"), at: ArrayLocation(file: file.path, name: "x"))
    ) { try file.array(named: "x") }
  }

  @Test(arguments: ["hostile-2", "hostile-4"]) func functionsAreRefusedByName(_ name: String) throws {
    #expect(
      throws: DatasetError.pickle(.forbidden("posix.system"), file: Fixture.path("pickles/\(name).pkl"))
    ) {
      try file(name)
    }
    #expect(!FileManager.default.fileExists(atPath: "/tmp/a-pickle-was-executed"))
  }

  /// Each would let a pickle reach the outside, were it looked up.
  @Test(arguments: [
    "builtins.eval", "builtins.getattr", "__builtin__.eval", "os.system", "nt.system", "subprocess.Popen",
    "numpy.core.multiarray.frombuffer", "numpy.load", "numpy.ndarray.tofile", "collections.OrderedDict",
  ]) func otherGlobalsAreRefusedByName(_ global: String) throws {
    let dot = try #require(global.lastIndex(of: "."))
    let (module, name) = (global[..<dot], global[global.index(after: dot)...])
    let text = Array("\u{0}c\(module)\n\(name)\n.".utf8.dropFirst())
    let error = DatasetError.pickle(.forbidden(global), file: "a.pkl")
    #expect(throws: error) { try ArrayFile(bytes: [0x80, 2] + text, path: "a.pkl") }
    let stacked =
      [0x80, 4, 0x8c, UInt8(module.utf8.count)] + Array(module.utf8) + [0x8c, UInt8(name.utf8.count)]
      + Array(name.utf8) + [0x93, 0x2e]
    #expect(throws: error) { try ArrayFile(bytes: stacked, path: "a.pkl") }
  }

  @Test(arguments: ["cyclic-list", "cyclic-dictionary"])
  func whatContainsItselfIsRefused(_ name: String) throws {
    #expect(throws: DatasetError.pickle(.tooDeep(32), file: Fixture.path("pickles/\(name).pkl"))) {
      try file(name)
    }
  }

  /// A few hundred bytes that unfold to 2^30 values.
  @Test(arguments: ["dictionary-ladder", "list-ladder"])
  func whatMultipliesBySharingIsRefused(_ name: String) throws {
    #expect(throws: DatasetError.pickle(.tooLarge, file: Fixture.path("pickles/\(name).pkl"))) {
      try file(name)
    }
  }

  @Test func aHundredThousandNestedListsAreRefused() {
    let depth = 100_000
    let bytes =
      [0x80, 4] + [UInt8](repeating: 0x5d, count: depth) + [UInt8](repeating: 0x61, count: depth - 1) + [0x2e]
    #expect(throws: DatasetError.pickle(.tooDeep(32), file: "a.pkl")) {
      try ArrayFile(bytes: bytes, path: "a.pkl")
    }
  }

  @Test func outOfBandBuffersAndSetsAreRefusedByInstruction() throws {
    let path = Fixture.path("pickles/out-of-band.pkl")
    #expect(throws: DatasetError.pickle(.instruction("NEXT_BUFFER", offset: 50), file: path)) {
      try file("out-of-band")
    }
    #expect(
      throws: DatasetError.pickle(
        .instruction("EMPTY_SET", offset: 17), file: Fixture.path("pickles/set.pkl"))
    ) { try file("set") }
  }

  @Test func ofEqualKeysTheLastHolds() throws {
    // {'a': 1, 'a': 2}
    let bytes: [UInt8] = [0x80, 4, 0x7d, 0x28, 0x8c, 1, 0x61, 0x4b, 1, 0x8c, 1, 0x61, 0x4b, 2, 0x75, 0x2e]
    #expect(try ArrayFile(bytes: bytes, path: "a.pkl").array(named: "a").integers() == [2])
  }

  /// Instructions between the version and nothing; what is wrong with them.
  @Test(
    arguments: [
      ([], PickleProblem.cutShort(offset: 2)),
      ([0x4a, 1, 2], .cutShort(offset: 2)),
      ([0x58, 0xff, 0xff, 0xff, 0xff], .cutShort(offset: 2)),
      ([0x8e, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], .cutShort(offset: 2)),
      ([0x95, 9, 0, 0, 0, 0, 0, 0, 0, 0x4e, 0x2e], .cutShort(offset: 2)),
      ([0x4e, 0x2e, 0, 0], .trailing(byteCount: 2)),
      ([0x50, 0x61, 0x0a, 0x2e], .instruction("PERSID", offset: 2)),
      ([0xfe], .instruction("0xfe", offset: 2)),
      ([0x2e], .malformed("it ends with 0 values instead of one", offset: 2)),
      ([0x28, 0x4e, 0x2e], .malformed("it ends with 1 values instead of one", offset: 4)),
      ([0x30, 0x2e], .malformed("it takes a value from an empty stack", offset: 2)),
      ([0x4e, 0x28, 0x30], .malformed("it takes a value from an empty stack", offset: 4)),
      ([0x4e, 0x86], .malformed("it takes a value from an empty stack", offset: 3)),
      ([0x65], .malformed("it takes values up to a mark that is not there", offset: 2)),
      (
        [0x4e, 0x4e, 0x61], .malformed("it adds items to something that is no list or dictionary", offset: 4)
      ),
      ([0x7d, 0x28, 0x4e, 0x75], .malformed("it gives a dictionary a key without a value", offset: 5)),
      ([0x68, 5], .malformed("it fetches a value that it never stored", offset: 2)),
      ([0x4e, 0x4e, 0x93], .malformed("it names a global by something that is no text", offset: 4)),
      (
        [0x63, 0xff, 0x0a, 0x61, 0x0a],
        .malformed("it names a global by something that is no text", offset: 2)
      ),
      ([0x4e, 0x4e, 0x52], .malformed("it calls something that is no function", offset: 4)),
      ([0x4e, 0x29, 0x62], .malformed("it gives state to something that has none", offset: 4)),
      ([0x4e, 0x4e, 0x62], .malformed("it gives an object an unknown state", offset: 4)),
      (
        [0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        .malformed("it holds an integer of 9 bytes, more than 8", offset: 2)
      ),
      ([0x7d, 0x29, 0x4e, 0x73, 0x2e], .key("tuple")),
    ] as [([UInt8], PickleProblem)])
  func senselessInstructionsAreNamed(_ instructions: [UInt8], _ problem: PickleProblem) {
    #expect(throws: DatasetError.pickle(problem, file: "a.pkl")) {
      try ArrayFile(bytes: [0x80, 4] + instructions, path: "a.pkl")
    }
  }

  /// Calls of the permitted functions with arguments that NumPy would never give them.
  @Test(
    arguments: [
      ("numpy.core.multiarray\n_reconstruct", [0x29], "it reconstructs something that is no array"),
      ("numpy\nndarray", [0x29], "it makes bytes or an array in an unknown way"),
      ("builtins\nbytes", [0x4e, 0x85], "it makes bytes or an array in an unknown way"),
      ("numpy\ndtype", [0x29], "it makes an element type without a name"),
      ("numpy.core.multiarray\nscalar", [0x29], "it makes a number in an unknown way"),
      ("numpy.core.numeric\n_frombuffer", [0x29], "it makes an array from a buffer in an unknown way"),
      (
        "_codecs\nencode", [0x8c, 1, 0x61, 0x8c, 4, 0x6a, 0x6f, 0x68, 0x61, 0x86],
        "it turns text into bytes in an unknown way"
      ),
    ] as [(String, [UInt8], String)])
  func senselessArgumentsAreNamed(_ global: String, _ arguments: [UInt8], _ what: String) {
    let call = [0x63] + Array("\(global)\n".utf8) + arguments
    #expect(
      throws: DatasetError.pickle(.malformed(what, offset: 2 + call.count), file: "a.pkl")
    ) { try ArrayFile(bytes: [0x80, 4] + call + [0x52, 0x2e], path: "a.pkl") }
  }

  /// States that NumPy would never give to an array or an element type: behind them stands `b` (BUILD).
  @Test(
    arguments: [
      ("array", [0x29], "it gives an array an unknown state"),
      ("type", [0x29], "it gives an element type an unknown state"),
      // (1, None, dtype, False, None) and (1, (None,), dtype, False, None)
      (
        "array", [0x28, 0x4b, 1, 0x4e, 0x68, 0, 0x89, 0x4e, 0x74],
        "it gives an array a shape that is no tuple of at most 64 extents"
      ),
      (
        "array", [0x28, 0x4b, 1, 0x4e, 0x85, 0x68, 0, 0x89, 0x4e, 0x74],
        "it gives an array an extent that is no whole number"
      ),
    ] as [(String, [UInt8], String)])
  func senselessStatesAreNamed(_ target: String, _ state: [UInt8], _ what: String) {
    let type =
      Array("cnumpy\ndtype\n\u{8c}".unicodeScalars.map { UInt8($0.value) }) + [2, 0x66, 0x38, 0x85, 0x52]
    let array = Array("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n".utf8) + [0x85, 0x52]
    let instructions = type + [0x71, 0] + (target == "array" ? array : []) + state
    #expect(
      throws: DatasetError.pickle(.malformed(what, offset: 2 + instructions.count), file: "a.pkl")
    ) { try ArrayFile(bytes: [0x80, 4] + instructions + [0x62, 0x2e], path: "a.pkl") }
  }

  @Test func theVersionMustBeThereAndKnown() {
    for bytes in [[], [0x80], Array("cos\nsystem\n".utf8)] as [[UInt8]] {
      #expect(throws: DatasetError.pickle(.noProtocol, file: "a.pkl")) {
        try ArrayFile(bytes: bytes, path: "a.pkl")
      }
    }
    #expect(throws: DatasetError.pickle(.version(6), file: "a.pkl")) {
      try ArrayFile(bytes: [0x80, 6, 0x4e, 0x2e], path: "a.pkl")
    }
  }

  /// Protocol 2 writes elements as text; a character beyond U+00FF is no byte.
  @Test func elementsAsTextMustBeBytes() throws {
    var bytes = try Fixture.bytes("pickles/nested-2.pkl")
    // -1 as int64 is eight times U+00FF, in UTF-8 c3 bf each; c4 bf is U+013F.
    let place = try #require(bytes.ranges(of: [0xc3, 0xbf, 0xc3, 0xbf]).first)
    bytes[place.lowerBound] = 0xc4
    let file = try ArrayFile(bytes: bytes, path: "a.pkl")
    #expect(throws: DatasetError.array(.notBytes, at: ArrayLocation(file: "a.pkl", name: "y"))) {
      try file.array(named: "y")
    }
  }

  @Test func thePublishedFileIsRead() throws {
    guard let path = Reference.path("mnist1d/mnist1d_data.pkl", for: "a real pickle") else { return }
    let file = try ArrayFile(contentsOf: path)
    #expect(
      file.entries.map(\.description) == [
        "'x' (4000x40 float64)", "'x_test' (1000x40 float64)", "'y' (4000 int64)", "'y_test' (1000 int64)",
        "'t' (40 float64)", "'templates/x' (10x12 float64)", "'templates/t' (12 float64)",
        "'templates/y' (10 int64)",
      ])
    #expect(try file.labels(forKey: "x_test")?.prefix(3) == [2, 6, 3])
  }
}
