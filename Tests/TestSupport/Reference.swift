import Foundation
import Testing

/// Real models, data and float64 answers that are not part of the project.
///
/// They are looked for in the folder that `LENS_REFERENCE` names, else in `../shared/reference` beside the project.
package enum Reference {
  /// The folder, or `nil` when this machine has none.
  package static let folder: String? = {
    let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let beside = project.deletingLastPathComponent().appendingPathComponent("shared/reference").path
    let folder = ProcessInfo.processInfo.environment["LENS_REFERENCE"] ?? beside
    return FileManager.default.fileExists(atPath: "\(folder)/README.md") ? folder : nil
  }()

  /// The path of a file in the folder; says in one line that a test is skipped when it is not there.
  package static func path(_ file: String, for test: String = #function) -> String? {
    if let folder, FileManager.default.fileExists(atPath: "\(folder)/\(file)") { return "\(folder)/\(file)" }
    print("skipped \(test): the reference material has no \(file) on this machine")
    return nil
  }
}

/// Whether the kernels were compiled with optimisation, so that large networks run in seconds.
package let isOptimized: Bool = {
  #if DEBUG
    false
  #else
    true
  #endif
}()
