import Foundation
import KerasFormat
import Networks
import TestSupport

/// Files that scripts made.
enum Resource {
  static func path(_ name: String) throws -> String {
    guard let url = Bundle.module.url(forResource: "Resources/\(name)", withExtension: nil) else {
      throw CocoaError(.fileNoSuchFile)
    }
    return url.path
  }

  static func model(_ name: String) throws -> Model { try Model(keras: path("\(name).h5")) }

  static func answers() throws -> StoredAnswers { try StoredAnswers(path("losses.h5")) }
}

/// A place for a file that is removed in the end.
func withTemporaryFile<Result>(_ name: String, _ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.appendingPathComponent(name).path)
}
