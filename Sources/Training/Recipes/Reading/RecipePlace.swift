/// Where something stands in a recipe.
public struct RecipePlace: Sendable, Hashable, CustomStringConvertible {
  /// The path of the recipe, or the option of the command line.
  public let source: String
  /// The line from 1, in a file.
  public let line: Int?

  /// Creates a place.
  public init(source: String, line: Int? = nil) {
    self.source = source
    self.line = line
  }

  /// `'run.yaml', line 12`.
  public var description: String { "'\(source)'\(line.map { ", line \($0)" } ?? "")" }
}
