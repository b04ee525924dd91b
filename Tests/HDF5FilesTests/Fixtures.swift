import Foundation
import HDF5Files

/// The files that the tests read and write.
enum Fixtures {
  /// The path of a file in `Resources`.
  static func path(_ name: String) -> String {
    Bundle.module.bundleURL.appendingPathComponent("Resources/\(name)").path
  }

  /// A file in `Resources`, opened.
  static func open(_ name: String) throws -> HDF5File {
    try HDF5File(reading: path(name))
  }

  /// Runs `body` with a new folder that is removed afterwards.
  static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// The folder of reference material, or nil when this machine has none.
  static let reference: URL? = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["LENS_REFERENCE"].map { URL(fileURLWithPath: $0) }
    let beside = package.deletingLastPathComponent().appendingPathComponent("shared/reference")
    return [named, beside].compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: $0.appendingPathComponent("README.md").path)
    }
  }()

  /// Reads all that a file offers, in every way, and returns how many calls failed with an `HDF5Error`.
  static func readEverything(at path: String) -> Int {
    do {
      return try readEverything(below: HDF5File(reading: path).root, depth: 0)
    } catch {
      return 1
    }
  }

  private static func readEverything(below group: HDF5Group, depth: Int) throws(HDF5Error) -> Int {
    var failures = 0
    func attempt<Result>(_ body: () throws(HDF5Error) -> Result) -> Result? {
      do {
        return try body()
      } catch {
        failures += 1
        return nil
      }
    }
    for name in attempt({ () throws(HDF5Error) in try group.attributeNames() }) ?? [] {
      _ = attempt { () throws(HDF5Error) in try group.attribute(name) }
    }
    for name in attempt({ () throws(HDF5Error) in try group.names() }) ?? [] where depth < 4 {
      if let child = attempt({ () throws(HDF5Error) in try group.group(name) }) {
        failures +=
          attempt { () throws(HDF5Error) in try readEverything(below: child, depth: depth + 1) } ?? 0
      }
      guard let dataset = attempt({ () throws(HDF5Error) in try group.dataset(name) }) else { continue }
      for name in attempt({ () throws(HDF5Error) in try dataset.attributeNames() }) ?? [] {
        _ = attempt { () throws(HDF5Error) in try dataset.attribute(name) }
      }
      _ = attempt { () throws(HDF5Error) in try dataset.floats() }
      _ = attempt { () throws(HDF5Error) in try dataset.integers() }
      _ = attempt { () throws(HDF5Error) in try dataset.strings() }
      _ = attempt { () throws(HDF5Error) in try dataset.doubles(rows: 0..<1) }
    }
    if depth == 0 { _ = attempt { () throws(HDF5Error) in try group.datasets() } }
    return failures
  }
}
