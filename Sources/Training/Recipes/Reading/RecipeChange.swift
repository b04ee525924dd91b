/// A value that takes the place of one of a recipe, or stands where there is none.
public struct RecipeChange: Sendable, Hashable {
  /// The names that lead to it, such as `["data", "validation"]`; a number chooses an element of a list.
  public let keys: [String]
  /// The value as YAML.
  public let yaml: String
  /// The option of the command line that asks for it, for messages.
  public let option: String

  /// Creates a change.
  ///
  /// - Parameters:
  ///   - keys: The names that lead to the value.
  ///   - yaml: The value as YAML.
  ///   - option: The option of the command line that asks for it, for messages.
  public init(_ keys: [String], yaml: String, option: String) {
    self.keys = keys
    self.yaml = yaml
    self.option = option
  }

  /// Creates a change of a value to a word, whatever characters are in it.
  ///
  /// - Parameters:
  ///   - keys: The names that lead to the value.
  ///   - word: The word.
  ///   - option: The option of the command line that asks for it, for messages.
  public init(_ keys: [String], word: String, option: String) {
    self.init(keys, yaml: "'\(word.replacing("'", with: "''"))'", option: option)
  }

  /// Reads a change such as `optimizer.adamw.weight-decay=0.01`.
  ///
  /// - Parameter text: Names joined by points, `=`, and the value as YAML.
  /// - Throws: `RecipeError.value` when it is no such text.
  public init(parsing text: String) throws(RecipeError) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw .value(
        key: "--set", expected: "key=value, such as epochs=20", found: "'\(text)'",
        at: RecipePlace(source: "--set \(text)"))
    }
    keys = text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    yaml = String(text[text.index(after: equals)...])
    option = "--set \(text[..<equals])"
  }
}
