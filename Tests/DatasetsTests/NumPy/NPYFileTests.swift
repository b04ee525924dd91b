import Datasets
import TensorCore
import Testing

@Suite struct NPYFileTests {
  /// All of them hold 0 to 5 in 2 rows of 3.
  @Test(arguments: ["plain", "big-endian", "version-2", "version-3"])
  func layoutsAndVersionsGiveTheSameArray(_ name: String) throws {
    let file = try ArrayFile(contentsOf: Fixture.path("npy/\(name).npy"))
    #expect(file.entries == [ArrayEntry(name: name, shape: [2, 3], kind: .float64)])
    #expect(try file.array() == NumericArray([2, 3], [0.0, 1, 2, 3, 4, 5]))
  }

  @Test func fortranOrderIsTurnedIntoRowMajorOrder() throws {
    let array = try ArrayFile(contentsOf: Fixture.path("npy/fortran.npy")).array()
    #expect(array == NumericArray([2, 3, 4], (0..<24).map { Int16($0) }))
  }

  @Test func scalarsAndEmptyArraysAreArrays() throws {
    #expect(
      try ArrayFile(contentsOf: Fixture.path("npy/scalar.npy")).array() == NumericArray([], [2.5] as [Float]))
    #expect(
      try ArrayFile(contentsOf: Fixture.path("npy/empty.npy")).array()
        == NumericArray([0, 40], [] as [Float]))
  }

  @Test(arguments: [
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", true),
    ("{\"shape\": (1L,), \"fortran_order\": False, \"descr\": \"<f8\"}", true),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}", false),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': 1}", false),
    ("{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}", false),
    ("{'descr': '<f8', 'fortran_order': False}", false),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} + 1", false),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}", false),
    (String(repeating: "(", count: 9000), false), ("__import__('os')", false), ("", false),
  ])
  func headersAreReadAsPlainLiterals(_ header: String, isReadable: Bool) {
    let bytes = NPYFileTests.file(header, [UInt8](repeating: 0, count: 8))
    #expect(((try? ArrayFile(bytes: bytes, path: "a.npy").array()) != nil) == isReadable)
  }

  /// Extents that cannot be counted, cannot be held, or do not match the bytes that are there.
  @Test(arguments: [
    ("(9223372036854775807, 2)", ArrayProblem.tooLarge(extents: [.max, 2])),
    ("(4611686018427387904, 4, 0)", .tooLarge(extents: [4_611_686_018_427_387_904, 4, 0])),
    ("(1000000, 1000)", .tooLarge(extents: [1_000_000, 1000])),
    ("(2,)", .byteCount(extents: [2], kind: .float64, expected: 16, found: 8)),
    ("(0,)", .byteCount(extents: [0], kind: .float64, expected: 0, found: 8)),
  ]) func extentsMustMatchTheBytes(_ shape: String, _ problem: ArrayProblem) {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape)}"
    let bytes = NPYFileTests.file(header, [UInt8](repeating: 0, count: 8))
    #expect(throws: DatasetError.array(problem, at: ArrayLocation(file: "a.npy"))) {
      try ArrayFile(bytes: bytes, path: "a.npy")
    }
  }

  @Test(
    arguments: [
      ([0x93, 0x4e], ArrayProblem.noMagic),
      ([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1], .header("it ends before its version")),
      ([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 4, 0], .version(major: 4, minor: 0)),
      ([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 9], .header("its length is missing or above 10000 bytes")),
      (
        [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 0xff, 0xff, 0xff, 0xff],
        .header("its length is missing or above 10000 bytes")
      ),
      ([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 9, 0], .header("it ends before the 9 bytes it announces")),
      (
        [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 2, 0, 0x7b, 0x7d],
        .header("it does not give descr, fortran_order and shape")
      ),
    ] as [([UInt8], ArrayProblem)]) func damagedBeginningsAreNamed(_ bytes: [UInt8], _ problem: ArrayProblem)
  {
    #expect(throws: DatasetError.array(problem, at: ArrayLocation(file: "a.npy"))) {
      try ArrayFile(bytes: bytes, path: "a.npy")
    }
  }

  /// An .npy file of version 1.0.
  static func file(_ header: String, _ elements: [UInt8]) -> [UInt8] {
    let length = header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(header.utf8)
      + elements
  }
}
