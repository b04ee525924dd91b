import Archives
import Datasets
import TensorCore
import Testing

@Suite struct NPZFileTests {
  @Test(arguments: ["stored", "deflated"], ElementKind.allCases)
  func everyKindIsReadInBothByteOrders(_ archive: String, _ kind: ElementKind) throws {
    let file = try ArrayFile(contentsOf: Fixture.path("npz/\(archive).npz"))
    #expect(try file.entry(named: kind.rawValue).kind == kind)
    #expect(try file.array(named: kind.rawValue) == Examples.array(kind))
  }

  @Test func entriesComeInTheOrderOfTheFile() throws {
    let file = try ArrayFile(contentsOf: Fixture.path("npz/stored.npz"))
    #expect(file.entries.map(\.name) == ElementKind.allCases.map(\.rawValue))
    #expect(file.entries.allSatisfy { $0.shape == [2, 3] })
  }

  @Test func whatIsNoArrayOfNumbersIsPassedOver() throws {
    let file = try ArrayFile(contentsOf: Fixture.path("npz/mixed.npz"))
    #expect(file.entries.map(\.name) == ["x", "inside/y"])
    #expect(try file.array(named: "inside/y") == NumericArray([4], [0, 1, 2, 3] as [Int64]))
  }

  /// `numpy.savez` writes 64-bit sizes into the local headers, but not into the directory.
  @Test func whatNumPyWritesIsRead() throws {
    let file = try ArrayFile(contentsOf: Fixture.path("npz/numpy.npz"))
    #expect(try file.array(named: "x") == NumericArray([3], [0, 1, 2] as [Float]))
  }

  @Test func aDirectoryBehindACommentIsFound() throws {
    var bytes = try Fixture.bytes("npz/numpy.npz")
    bytes[bytes.count - 2] = 4
    bytes += Array("note".utf8)
    #expect(try ArrayFile(bytes: bytes, path: "a.npz").entries.count == 1)
  }

  /// Damage at an offset from the first directory record (`PK 1 2`) or from the end record (`PK 5 6`) of an
  /// archive.
  @Test(
    arguments: [
      (1, 8, [1], ArchiveProblem.encrypted(entry: "x.npy")),
      (1, 10, [12], .method(entry: "x.npy", number: 12)),
      (1, 16, [0, 0, 0, 0], .checksum(entry: "x.npy", expected: 0, found: 0x5386_8cb6)),
      (1, 24, [0xff, 0xff, 0xff, 0xff], .extended),
      (1, 24, [0x8d], .impossibleSize(entry: "x.npy", count: 141, compressed: 140)),
      (1, 20, [0x8d], .impossibleSize(entry: "x.npy", count: 140, compressed: 141)),
      (1, 42, [1], .damaged(entry: "x.npy")),
      (1, 0, [0], .directory("its record 1 of 1 is cut short")),
      (5, 4, [1], .severalVolumes),
      (5, 10, [0xff, 0xff], .extended),
      (5, 16, [0xff], .directory("it runs over the end of the archive")),
      (5, 0, [0], .noDirectory),
    ] as [(UInt8, Int, [UInt8], ArchiveProblem)])
  func damageIsNamed(_ record: UInt8, _ offset: Int, _ change: [UInt8], _ problem: ArchiveProblem) throws {
    var bytes = try Fixture.bytes("npz/numpy.npz")
    let start = try #require(bytes.firstRange(of: [0x50, 0x4b, record, record + 1]))
    bytes.replaceSubrange(
      (start.lowerBound + offset)..<(start.lowerBound + offset + change.count), with: change)
    #expect(throws: DatasetError.archive(problem, file: "a.npz")) {
      try ArrayFile(bytes: bytes, path: "a.npz").array()
    }
  }

  /// Deflated content that is longer or shorter than announced, with room left by the ratio.
  @Test(arguments: [-1, 1]) func contentMustHaveTheAnnouncedSize(_ difference: Int) throws {
    var bytes = try Fixture.bytes("npz/deflated.npz")
    let start = try #require(bytes.firstRange(of: [0x50, 0x4b, 1, 2])).lowerBound
    bytes[start + 24] = UInt8(Int(bytes[start + 24]) + difference)
    #expect(
      throws: DatasetError.array(
        .byteCount(extents: [2, 3], kind: .bool, expected: 6, found: 6 + difference),
        at: ArrayLocation(file: "a.npz", name: "bool"))
    ) { try ArrayFile(bytes: bytes, path: "a.npz") }
  }

  @Test func namesMustDiffer() throws {
    var bytes = try Fixture.bytes("npz/stored.npz")
    // int16.npy becomes a second int32.npy, in the directory, where names are read.
    let name = try #require(bytes.ranges(of: Array("int16.npy".utf8)).dropFirst(2).first)
    bytes.replaceSubrange(name, with: Array("int32.npy".utf8))
    #expect(throws: DatasetError.duplicateArray(name: "int32", file: "a.npz")) {
      try ArrayFile(bytes: bytes, path: "a.npz")
    }
  }

  @Test func referenceArchivesAreRead() throws {
    guard let path = Reference.path("golden/hmt_course_maps.npz", for: "a real .npz file") else { return }
    let file = try ArrayFile(contentsOf: path)
    #expect(try file.array(named: "rgb150").kind == .uint8)
    for entry in file.entries {
      #expect(try file.array(named: entry.name).shape == entry.shape)
    }
  }
}
