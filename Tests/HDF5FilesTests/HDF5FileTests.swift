import Foundation
import HDF5Files
import Testing

@Suite struct HDF5FileTests {
  @Test func missingFilesAreMissing() throws {
    for path in ["/nowhere/model.h5", "", "model\0.h5"] {
      #expect(throws: HDF5Error.missingFile(file: path)) { try HDF5File(reading: path) }
    }
    #expect(HDF5Error.missingFile(file: "").failureClass == .missingFile)
  }

  @Test func refusesWhatIsNotHDF5() throws {
    try Fixtures.withFolder { folder in
      #expect(throws: HDF5Error.notHDF5(file: folder.path, found: "a folder")) {
        try HDF5File(reading: folder.path)
      }
      let empty = folder.appendingPathComponent("empty.h5").path
      try Data().write(to: URL(fileURLWithPath: empty))
      #expect(throws: HDF5Error.notHDF5(file: empty, found: "empty")) { try HDF5File(reading: empty) }
      let words = folder.appendingPathComponent("words.h5").path
      try Data("words, not arrays".utf8).write(to: URL(fileURLWithPath: words))
      #expect(throws: HDF5Error.notHDF5(file: words, found: "17 bytes without an HDF5 signature")) {
        try HDF5File(reading: words)
      }
    }
  }

  @Test func doesNotWaitForAPipe() throws {
    try Fixtures.withFolder { folder in
      let pipe = folder.appendingPathComponent("pipe.h5").path
      try #require(mkfifo(pipe, 0o600) == 0)
      #expect(throws: HDF5Error.notHDF5(file: pipe, found: "not a regular file")) {
        try HDF5File(reading: pipe)
      }
    }
  }

  @Test func readsPastAUserBlock() throws {
    // HDF5 data may begin at byte 512; addresses then count from there.
    try Fixtures.withFolder { folder in
      let path = folder.appendingPathComponent("late.h5").path
      var bytes = Data(repeating: 0, count: 512)
      bytes += try Data(contentsOf: URL(fileURLWithPath: Fixtures.path("text.h5")))
      try bytes.write(to: URL(fileURLWithPath: path))
      let dataset = try HDF5File(reading: path).root.dataset("text/variable")
      #expect(try dataset.strings() == ["a", "bc", "", "µV"])
    }
  }

  @Test func groupsAndDataSetsKeepTheirFileOpen() throws {
    let dataset = try Fixtures.open("keras.h5").root.group("model_weights").dataset("dense/dense/kernel:0")
    #expect(try dataset.floats().count == 8)
  }

  @Test func manyThreadsReadAtOnce() async throws {
    let file = try Fixtures.open("storage.h5")
    let expected = (0..<24).map { Float($0) }
    try await withThrowingTaskGroup(of: Bool.self) { tasks in
      for index in 0..<64 {
        tasks.addTask {
          let name = ["contiguous", "gzip", "shuffled", "chunked"][index % 4]
          let own = index % 3 == 0 ? try Fixtures.open("storage.h5") : file
          return try own.root.dataset("storage/\(name)").floats() == expected
        }
      }
      for try await isRight in tasks { #expect(isRight) }
    }
  }
}
