import Foundation

/// The reference material beside the repository, where it is present.
enum Reference {
  /// The path of a reference file; nothing, and one line in the output, when it is not there.
  static func path(_ name: String, for purpose: String) -> String? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder =
      ProcessInfo.processInfo.environment["LENS_REFERENCE"]
      ?? root.deletingLastPathComponent().appendingPathComponent("shared/reference").path
    let path = "\(folder)/\(name)"
    if FileManager.default.fileExists(atPath: path) { return path }
    print("skipped \(purpose): there is no \(path)")
    return nil
  }
}
