import Boundary
import Foundation
import SignalLens

/// The folder that the results of a run go to.
struct ResultFolder: Sendable {
  let path: String

  /// Makes the folder when it is not there.
  init(_ path: String) throws {
    self.path = path
    try Self.make(path)
  }

  /// The path for a file of an item; makes the sub-folder that the item's name asks for.
  func path(item: String, suffix: String) throws -> String {
    let file = "\(path)/\(item).\(suffix)"
    if item.contains("/") { try Self.make((file as NSString).deletingLastPathComponent) }
    return file
  }

  /// Writes a file of the run itself.
  func write(_ bytes: Data, as name: String) throws { try WholeFile.write(bytes, to: "\(path)/\(name)") }

  private static func make(_ path: String) throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
      throw RunError.outputFolder(path: path, reason: "there is a file of that name")
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw RunError.outputFolder(path: path, reason: (error as NSError).localizedDescription)
    }
  }
}
