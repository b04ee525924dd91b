/// A value of a recipe with its place: what YAML calls a node.
package struct RecipeValue: Sendable {
  /// What it holds.
  package indirect enum Content: Sendable {
    /// A word or a number; a quoted one is no number.
    case scalar(String, isQuoted: Bool)
    /// Values one behind the other.
    case list([RecipeValue])
    /// Values by name, in their order.
    case mapping([Entry])
  }

  /// A value with its name.
  package struct Entry: Sendable {
    /// The name.
    package var key: String
    /// Where the name stands.
    package var place: RecipePlace
    /// The value.
    package var value: RecipeValue
  }

  /// What it holds.
  package var content: Content
  /// Where it stands.
  package var place: RecipePlace
  /// The names that lead to it, such as `data.train`; empty for the whole recipe.
  package var path: String

  /// What it holds in a few words, for messages.
  package var summary: String {
    switch content {
    case .scalar("", isQuoted: false): "nothing"
    case .scalar(let text, _): "'\(text.count > 40 ? text.prefix(39) + "…" : text)'"
    case .list(let values): "a list of \(values.count)"
    case .mapping(let entries):
      entries.isEmpty ? "an empty mapping" : "a mapping with '\(entries[0].key)'"
    }
  }

  /// The same value at another path.
  func moved(to path: String) -> RecipeValue {
    var value = self
    value.path = path
    func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    switch content {
    case .scalar: break
    case .list(let values):
      value.content = .list(values.enumerated().map { $1.moved(to: "\(path)[\($0)]") })
    case .mapping(let entries):
      value.content = .mapping(
        entries.map { Entry(key: $0.key, place: $0.place, value: $0.value.moved(to: name($0.key))) })
    }
    return value
  }
}

// MARK: - Writing values

extension RecipeValue {
  private static let nowhere = RecipePlace(source: "")

  /// A word that reads back as one.
  static func word(_ text: String) -> RecipeValue {
    // What could be taken for a number, a flag or nothing is quoted.
    let isPlain = Double(text) == nil && !text.isEmpty && !["true", "false", "null", "~"].contains(text)
    return RecipeValue(content: .scalar(text, isQuoted: !isPlain), place: nowhere, path: "")
  }

  /// A number.
  static func number(_ value: Double) -> RecipeValue {
    RecipeValue(content: .scalar(value.plain, isQuoted: false), place: nowhere, path: "")
  }

  /// A whole number.
  static func whole(_ value: Int) -> RecipeValue { number(Double(value)) }

  /// Yes or no.
  static func flag(_ value: Bool) -> RecipeValue {
    RecipeValue(content: .scalar(value ? "true" : "false", isQuoted: false), place: nowhere, path: "")
  }

  /// Values one behind the other.
  static func list(_ values: [RecipeValue]) -> RecipeValue {
    RecipeValue(content: .list(values), place: nowhere, path: "")
  }

  /// Values by name; those that are `nil` are left out.
  static func mapping(_ entries: [(String, RecipeValue?)]) -> RecipeValue {
    RecipeValue(
      content: .mapping(
        entries.compactMap { key, value in value.map { Entry(key: key, place: nowhere, value: $0) } }),
      place: nowhere, path: "")
  }
}
