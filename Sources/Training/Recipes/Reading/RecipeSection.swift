/// Values of a recipe by their names.
struct RecipeSection {
  /// The names that lead to it.
  let path: String
  /// Where it stands.
  let place: RecipePlace
  let entries: [RecipeValue.Entry]

  /// The value of a name; nothing when there is none or it is empty.
  subscript(_ key: String) -> RecipeValue? {
    guard let value = entries.first(where: { $0.key == key })?.value else { return nil }
    if case .scalar("", isQuoted: false) = value.content { return nil }
    return value
  }

  /// The value of a name that has to be there.
  ///
  /// - Throws: `RecipeError.missingKey` when it is not.
  func required(_ key: String, _ expected: String) throws(RecipeError) -> RecipeValue {
    guard let value = self[key] else {
      throw .missingKey(key, in: path, expected: expected, at: place)
    }
    return value
  }

  /// A number of a range, or the value that stands for none.
  ///
  /// - Throws: `RecipeError.value` when it is outside.
  func number(
    _ key: String, in range: ClosedRange<Double>, default standard: Double
  ) throws(RecipeError) -> Double {
    try self[key]?.number(in: range) ?? standard
  }

  /// A whole number of a range, or the value that stands for none.
  ///
  /// - Throws: `RecipeError.value` when it is outside.
  func whole(_ key: String, in range: ClosedRange<Int>, default standard: Int) throws(RecipeError) -> Int {
    try self[key]?.whole(in: range) ?? standard
  }

  /// Yes or no, or what stands for nothing.
  ///
  /// - Throws: `RecipeError.value` when it is neither.
  func flag(_ key: String, default standard: Bool) throws(RecipeError) -> Bool {
    try self[key]?.flag() ?? standard
  }
}
