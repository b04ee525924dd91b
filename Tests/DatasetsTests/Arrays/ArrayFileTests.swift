import Datasets
import Foundation
import Testing

@Suite struct ArrayFileTests {
  @Test func anArrayIsFetchedByNameOrAlone() throws {
    let one = try ArrayFile(contentsOf: Fixture.path("npy/plain.npy"))
    #expect(try one.array().count == 6)
    #expect(try one.array(named: "plain").count == 6)
    let several = try ArrayFile(contentsOf: Fixture.path("npz/mixed.npz"))
    #expect(throws: DatasetError.ambiguousArray(file: several.path, available: several.entries)) {
      try several.array()
    }
    #expect(
      throws: DatasetError.missingArray(name: "z", file: several.path, available: several.entries)
    ) { try several.array(named: "z") }
    #expect(
      throws: DatasetError.array(
        .unreadableType("<U2"), at: ArrayLocation(file: several.path, name: "names"))
    ) { try several.array(named: "names") }
  }

  @Test(arguments: [("complex", "<c16"), ("text", "<U2"), ("structured", "structured")])
  func anOnlyArrayOfAnotherTypeIsRefusedAtOnce(_ name: String, _ type: String) {
    let path = Fixture.path("npy/\(name).npy")
    #expect(throws: DatasetError.array(.unreadableType(type), at: ArrayLocation(file: path))) {
      try ArrayFile(contentsOf: path)
    }
  }

  @Test func filesWithoutNumbersAreRefused() {
    // {'a': None, 'b': 'c'}
    let bytes: [UInt8] = [
      0x80, 4, 0x7d, 0x28, 0x8c, 1, 0x61, 0x4e, 0x8c, 1, 0x62, 0x8c, 1, 0x63, 0x75, 0x2e,
    ]
    #expect(throws: DatasetError.noArrays(file: "a.pkl", refused: ["a", "b"])) {
      try ArrayFile(bytes: bytes, path: "a.pkl")
    }
  }

  @Test func whatIsNoReadableFileIsRefused() throws {
    let folder = try TemporaryFolder()
    #expect(throws: DatasetError.unknownFormat(file: "signals.txt")) {
      try ArrayFile(contentsOf: "signals.txt")
    }
    let missing = folder.path + "/none.npy"
    #expect(throws: DatasetError.unreadableFile(file: missing, reason: "No such file or directory")) {
      try ArrayFile(contentsOf: missing)
    }
    _ = try folder.write(to: "inner.npy/a")
    let inner = folder.path + "/inner.npy"
    #expect(throws: DatasetError.unreadableFile(file: inner, reason: "it is a folder")) {
      try ArrayFile(contentsOf: inner)
    }
    let pipe = folder.path + "/pipe.pkl"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: DatasetError.unreadableFile(file: pipe, reason: "it is no regular file")) {
      try ArrayFile(contentsOf: pipe)
    }
  }

  @Test func endingsMayBeWrittenInCapitals() throws {
    let bytes = try Fixture.bytes("npy/plain.npy")
    #expect(try ArrayFile(bytes: bytes, path: "A.NPY").array(named: "A").count == 6)
  }
}
