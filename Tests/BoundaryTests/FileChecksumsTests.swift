import Boundary
import Foundation
import Testing

/// The examples of FIPS 180-4 and NIST's test vectors; the last digest is Python's.
@Suite struct FileChecksumsTests {
  private static let digests: [(text: String, digest: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
    // More than is read at a time.
    (
      String(repeating: "a", count: 3_000_000),
      "2a152c894398719c0570f83fac34ac03a0f6e8e474b995c2403aa5434f7b9dd4"
    ),
  ]

  private func withFiles(_ texts: [String], _ body: ([String]) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sums-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try texts.enumerated().map { index, text in
      let file = folder.appendingPathComponent("\(index)")
      try Data(text.utf8).write(to: file)
      return file.path
    }
    try body(files)
  }

  @Test func checksumsComeInTheOrderOfTheFiles() throws {
    try withFiles(Self.digests.map(\.text)) { files in
      let found = try FileChecksums(of: files).sha256()
      #expect(found == Self.digests.map(\.digest))
    }
  }

  @Test func noFilesHaveNoChecksums() throws {
    #expect(try FileChecksums(of: []).sha256() == [])
  }

  @Test func askingTwiceGivesTheSame() throws {
    try withFiles(["abc"]) { files in
      let checksums = FileChecksums(of: files)
      let (first, second) = (try checksums.sha256(), try checksums.sha256())
      #expect(first == second)
    }
  }

  @Test func aFileThatIsGoneIsNamed() throws {
    try withFiles(["abc"]) { files in
      let gone = files[0] + "-gone"
      let error = #expect(throws: ChecksumError.self) { try FileChecksums(of: [files[0], gone]).sha256() }
      #expect(
        error?.description
          == "cannot read '\(gone)' for its checksum: No such file or directory; leave the files of a run in place until it has ended"
      )
      #expect(error?.failureClass == .missingFile)
    }
  }
}
