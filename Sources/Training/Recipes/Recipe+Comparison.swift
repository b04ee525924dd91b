extension Recipe {
  /// The keys whose values differ from those of another recipe.
  ///
  /// - Parameter other: The other recipe.
  /// - Returns: Keys of the recipe, such as `epochs` and `data`.
  public func differences(from other: Recipe) -> [String] {
    let (own, others) = (entries, other.entries)
    return Self.keys.filter { key in
      let texts = [own, others].map { entries in
        entries.first { $0.0 == key }?.1.map { value in RecipeValue.mapping([(key, value)]).text } ?? ""
      }
      return texts[0] != texts[1]
    }
  }
}
