import Boundary
import Foundation
import Testing

@Suite struct WholeFileTests {
  /// Runs `body` with a new folder that is removed afterwards.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test(arguments: [
    "map.png", "no extension", "two.dots.csv", ".hidden", "µV 心.h5",
    String(repeating: "n", count: 251) + ".csv",
  ])
  func writesAndReplaces(name: String) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent(name)
      try WholeFile.write(Data("old".utf8), to: file.path)
      #expect(try Data(contentsOf: file) == Data("old".utf8))
      try WholeFile.write(Data(), to: file.path)
      #expect(try Data(contentsOf: file) == Data())
      #expect(try names(in: folder) == [name])
    }
  }

  @Test func theUnfinishedFileLiesBesideWithTheSameExtension() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("map.png")
      try WholeFile.replace(file.path) { unfinished in
        let place = URL(fileURLWithPath: unfinished)
        #expect(place.deletingLastPathComponent().path == folder.path)
        #expect(place.pathExtension == "png")
        #expect(place.lastPathComponent.hasPrefix("."))
        #expect(place.path != file.path)
        #expect(!FileManager.default.fileExists(atPath: file.path))
        try Data([1]).write(to: place)
      }
      #expect(try Data(contentsOf: file) == Data([1]))
    }
  }

  @Test func aFailureLeavesTheOldFileAndNothingElse() throws {
    struct Stop: Error {}
    try withFolder { folder in
      let file = folder.appendingPathComponent("map.csv")
      try WholeFile.write(Data("old".utf8), to: file.path)
      #expect(throws: Stop.self) {
        try WholeFile.replace(file.path) { unfinished in
          try Data("half".utf8).write(to: URL(fileURLWithPath: unfinished))
          throw Stop()
        }
      }
      #expect(try Data(contentsOf: file) == Data("old".utf8))
      #expect(try names(in: folder) == ["map.csv"])
    }
  }

  @Test func keepsPermissions() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("private.csv").path
      try WholeFile.write(Data("a".utf8), to: file)
      try #require(chmod(file, 0o600) == 0)
      try WholeFile.write(Data("b".utf8), to: file)
      var facts = stat()
      try #require(stat(file, &facts) == 0)
      #expect(facts.st_mode & 0o777 == 0o600)
    }
  }

  @Test func writesThroughSymbolicLinks() throws {
    try withFolder { folder in
      let target = folder.appendingPathComponent("target.csv")
      let link = folder.appendingPathComponent("link.csv")
      try WholeFile.write(Data("old".utf8), to: target.path)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
      try WholeFile.write(Data("new".utf8), to: link.path)
      #expect(try Data(contentsOf: target) == Data("new".utf8))
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == target.path)
    }
  }

  @Test func discardsWhatIsUnfinished() async {
    // In a process of its own: here it would discard the files of tests that run at the same time.
    await #expect(processExitsWith: .success) {
      try WholeFileTests().withFolder { folder in
        let file = folder.appendingPathComponent("map.csv").path
        #expect(throws: WholeFileError.notWritable(path: file, reason: "No such file or directory")) {
          try WholeFile.replace(file) { unfinished in
            try Data("half".utf8).write(to: URL(fileURLWithPath: unfinished))
            WholeFile.discardUnfinished()
          }
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left.isEmpty)
      }
    }
  }

  @Test func refusesWhatCannotBeAFile() throws {
    try withFolder { folder in
      let pipe = folder.appendingPathComponent("pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let plain = folder.appendingPathComponent("plain").path
      try WholeFile.write(Data(), to: plain)
      let refusals = [
        "": "the name is empty", folder.path: "it is a folder", pipe: "it is not a regular file",
        "/dev/null": "it is not a regular file", "\(folder.path)/none/map.csv": "No such file or directory",
        "\(plain)/map.csv": "Not a directory",
        "\(folder.path)/\(String(repeating: "n", count: 256))": "File name too long",
      ]
      for (path, reason) in refusals {
        #expect(throws: WholeFileError.notWritable(path: path, reason: reason)) {
          try WholeFile.write(Data([1]), to: path)
        }
        #expect(throws: WholeFileError.self) {
          try WholeFile.replace(path) { _ in Issue.record("'\(path)' is written") }
        }
      }
      #expect(try names(in: folder) == ["pipe", "plain"])
    }
  }

  @Test func saysWhatToDo() {
    let error = WholeFileError.notWritable(path: "out/map.csv", reason: "No such file or directory")
    #expect(
      error.description
        == "cannot write 'out/map.csv': No such file or directory; "
        + "name an output in a folder that exists and can be written to")
    #expect(error.failureClass == .usage)
  }

  @Test func exitCodesAreTheDocumentedOnes() {
    #expect(FailureClass.allCases.map(\.rawValue) == [64, 65, 66, 70])
  }
}
