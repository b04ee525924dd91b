import Foundation
import Testing

/// One run of the command as a process of its own.
struct LensProcess {
  let exitCode: Int32
  let output: String
  let errors: String

  /// Runs the command that was built with the tests.
  init(
    _ arguments: [String], environment: [String: String] = [:], interruptedAfter seconds: Double? = nil,
    interruptedOnce condition: (@Sendable () -> Bool)? = nil, by signal: Int32 = SIGINT
  )
    throws
  {
    let process = Process()
    process.executableURL = try Self.executable()
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    if let seconds {
      DispatchQueue.global().asyncAfter(deadline: .now() + seconds) {
        kill(process.processIdentifier, signal)
      }
    }
    if let condition {
      DispatchQueue.global().async {
        while process.isRunning, !condition() { usleep(20_000) }
        kill(process.processIdentifier, signal)
      }
    }
    // What the command writes fits into the pipes' buffers, or is read here before it ends.
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    exitCode = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    self.output = String(decoding: text, as: UTF8.self)
    self.errors = String(decoding: complaints, as: UTF8.self)
  }

  /// `lens` lies beside the test runner, whatever the build folder is called.
  private static func executable() throws -> URL {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<4 {
      let candidate = folder.appendingPathComponent("lens")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    throw LensProcessError.notBuilt
  }
}

enum LensProcessError: Error {
  case notBuilt
}

/// A folder that vanishes with its test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent("lens-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The names of all files in it, at any depth, sorted.
  func files() -> [String] {
    (FileManager.default.subpaths(atPath: path) ?? []).sorted().filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  /// A text file written into it.
  func write(_ text: String, as name: String) throws -> String {
    let file = "\(path)/\(name)"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }
}

/// The lines of a text without the empty last one.
func lines(of text: String) -> [String] { text.split(separator: "\n").map(String.init) }

/// A file of the tests' resources.
func resource(_ name: String) -> String {
  Bundle.module.bundleURL.appendingPathComponent("Resources/\(name)").path
}

/// The project's own data.
let projectData = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("data").path
