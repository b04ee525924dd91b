import Foundation
import HDF5Files
import HDF5Shims
import Testing

@Suite struct HostileFileTests {
  @Test(arguments: [
    ("hostile-contiguous.h5", "x", "4398046511104 bytes", 308),
    ("hostile-overflow.h5", "x", "extents [1099511627776, 1099511627776]", 2356),
    ("hostile-sparse.h5", "x", "4398046511104 bytes", 64 << 20),
    ("hostile-sparse.h5", "never", "4398046511104 bytes", 64 << 20),
    ("hostile-sparse.h5", "packed", "4398046511104 bytes", 64 << 20),
    ("hostile-sparse.h5", "chunk", "chunks of 2147483648 bytes", 64 << 20),
    ("hostile-sparse.h5", "chunks", "1048576 chunks", 64 << 20),
  ])
  func refusesClaimsBeyondTheFile(name: String, path: String, claimed: String, limit: Int) throws {
    let root = try Fixtures.open(name).root
    #expect(
      throws: HDF5Error.oversized(
        file: Fixtures.path(name), path: "/\(path)", claimed: claimed, limit: limit)
    ) { try root.dataset(path) }
  }

  @Test func aZeroDoesNotHideExtentsThatOverflow() throws {
    let root = try Fixtures.open("hostile-zero.h5").root
    #expect(
      throws: HDF5Error.oversized(
        file: Fixtures.path("hostile-zero.h5"), path: "/x",
        claimed: "extents [1099511627776, 1099511627776, 0]", limit: 6052)
    ) { try root.dataset("x") }
  }

  @Test func aTextThatManyReferencesShareDoesNotMultiply() throws {
    // 201 references to one text of 30 000 bytes, in a file of 40 096 bytes.
    let dataset = try Fixtures.open("hostile-texts.h5").root.dataset("x")
    #expect(
      throws: HDF5Error.oversized(
        file: Fixtures.path("hostile-texts.h5"), path: "/x", claimed: "90000 bytes of text or more",
        limit: 80192)
    ) { try dataset.strings() }
  }

  @Test(arguments: [
    (0, "a text is shorter than its reference says"), (4, "its texts have no heap"),
    (12, "a text is missing in the heap"),
  ])
  func checksEveryPartOfAReference(offset: Int, reason: String) throws {
    // The reference of the first text: length (4 bytes), address (8), index (4).
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Fixtures.path("hostile-texts.h5"))))
    let length = withUnsafeBytes(of: UInt32(30_000).littleEndian) { [UInt8]($0) }
    let start = try #require(bytes.firstRange(of: length)?.lowerBound)
    bytes[start + offset] += 8
    try Fixtures.withFolder { folder in
      let path = folder.appendingPathComponent("x.h5")
      try Data(bytes).write(to: path)
      let dataset = try HDF5File(reading: path.path).root.dataset("x")
      #expect(throws: HDF5Error.damaged(file: path.path, path: "/x", reason: reason)) {
        try dataset.strings(rows: 0..<1)
      }
    }
  }

  @Test func truncationAtEveryLengthIsAnError() throws {
    try Fixtures.withFolder { folder in
      let whole = folder.appendingPathComponent("whole.h5")
      try HDF5File.write(to: whole.path) { root in
        try root.write([1, 2, 3], shape: [3], to: "x")
        try root.setAttribute("name", to: .string("x"), layout: .fixed)
      }
      let bytes = try Data(contentsOf: whole)
      for length in 0..<bytes.count {
        let path = folder.appendingPathComponent("\(length).h5")
        try bytes.prefix(length).write(to: path)
        #expect(throws: HDF5Error.self, "cut to \(length) bytes") { try HDF5File(reading: path.path) }
        try FileManager.default.removeItem(at: path)
      }
    }
  }

  @Test(arguments: [
    ("keras.h5", 150), ("text.h5", 150), ("attributes.h5", 200), ("storage.h5", 150), ("newest.h5", 100),
    ("hostile-sparse.h5", 50),
  ])
  func flippedBytesGiveErrorsOrValues(name: String, count: Int) async throws {
    // In a process of its own: a crash in there is a failure here, and its memory can be told. Files with virtual data
    // sets and many enumerations are left out, because libhdf5 1.10 itself can crash while it opens damaged ones.
    let path = Fixtures.path(name)
    await #expect(processExitsWith: .success) { [path = path as String, count = count as Int] in
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      try Fixtures.withFolder { folder in
        for seed in 0..<count {
          let file = folder.appendingPathComponent("\(seed).h5")
          try Data(Mutation(seed: seed).applied(to: bytes)).write(to: file)
          _ = Fixtures.readEverything(at: file.path)
          try FileManager.default.removeItem(at: file)
        }
      }
      // Of this process alone: what getrusage tells begins with the peak of the process that started this one.
      let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      let kibibytes = peak.flatMap { Int($0.filter(\.isNumber)) }
      // The test process itself takes about 60 MiB.
      #expect(try #require(kibibytes) < 512 << 10)
    }
  }

  @Test func everyIdentifierIsClosed() async throws {
    await #expect(processExitsWith: .success) {
      let names = ["keras", "links", "other", "storage", "text", "hostile-sparse", "outside"]
      func open() -> [Int] {
        [H5I_FILE, H5I_GROUP, H5I_DATASET, H5I_ATTR, H5I_DATASPACE, H5I_DATATYPE, H5I_GENPROP_LST].map {
          kind in
          var count = hsize_t(0)
          H5Inmembers(kind, &count)
          return Int(count)
        }
      }
      func work() throws {
        for name in names { _ = Fixtures.readEverything(at: Fixtures.path("\(name).h5")) }
        try Fixtures.withFolder { folder in
          try HDF5File.write(to: folder.appendingPathComponent("x.h5").path) { root in
            try root.write([1.5], shape: [1], to: "a/b", compression: .gzip)
            try root.setAttribute("t", to: .strings(["x"]))
            try root.setAttribute("b", to: .booleans([true]))
          }
        }
      }
      try work()
      let before = open()
      try work()
      #expect(open() == before)
      #expect(before[...4].allSatisfy { $0 == 0 })
    }
  }
}

/// One to four bytes of a file replaced, the same for every run of the same seed (xorshift64).
struct Mutation {
  private var state: UInt64

  init(seed: Int) {
    state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    for _ in 0..<8 { _ = next() }
  }

  func applied(to bytes: [UInt8]) -> [UInt8] {
    var generator = self
    var bytes = bytes
    for _ in 0...(generator.next() % 4) {
      let place = Int(generator.next() % UInt64(bytes.count))
      bytes[place] = UInt8(truncatingIfNeeded: generator.next())
    }
    return bytes
  }

  private mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
