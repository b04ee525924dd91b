import Foundation

extension RecipeValue {
  /// The path that it holds; a relative one is taken from the folder of the recipe, and from the current one where an option gives it.
  ///
  /// - Parameters:
  ///   - expected: What is expected, for messages.
  ///   - folder: The folder of the recipe.
  /// - Returns: A path from the root.
  /// - Throws: `RecipeError.value` when it is no word.
  func path(_ expected: String, from folder: String) throws(RecipeError) -> String {
    let path = try word(expected)
    if path.hasPrefix("/") { return path }
    let isOption = place.source.hasPrefix("--")
    let origin = isOption ? FileManager.default.currentDirectoryPath : folder
    return URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: origin, isDirectory: true))
      .standardized.path
  }
}
