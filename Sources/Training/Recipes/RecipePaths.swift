import Foundation

/// Paths in recipes.
enum RecipePaths {
  /// A path, taken from a folder unless it begins at the root.
  static func path(_ path: String, from folder: String) -> String {
    path.hasPrefix("/")
      ? path
      : URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)).standardized
        .path
  }
}
