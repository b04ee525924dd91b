extension RecipeValue {
  /// Puts a value in the place of another, or where there is none.
  ///
  /// - Parameter change: The names that lead to it, joined by points, `=` and the value as YAML: `data.validation=0.1`, `model.layers.0.dense.units=3`. Where a name
  ///   stands alone, as `optimizer: adamw`, values may be put behind it.
  /// - Throws: `RecipeError` when it is no such text.
  package mutating func apply(_ change: String) throws(RecipeError) {
    let place = RecipePlace(source: "--set \(change)")
    guard let equals = change.firstIndex(of: "="), equals != change.startIndex else {
      throw .value(
        key: "--set", expected: "key=value, such as epochs=20", found: "'\(change)'", at: place)
    }
    let keys = change[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let source = "--set \(change[..<equals])"
    var value = try RecipeValue(yaml: String(change[change.index(after: equals)...]), source: source)
    value = value.placed(RecipePlace(source: source))
    try set(keys[...], value, RecipePlace(source: source))
    self = moved(to: "")
  }

  private mutating func set(
    _ keys: ArraySlice<String>, _ new: RecipeValue, _ place: RecipePlace
  ) throws(RecipeError) {
    guard let key = keys.first else {
      self = new
      return
    }
    switch content {
    case .list(var values):
      guard let index = Int(key), values.indices.contains(index) else {
        throw .value(
          key: path, expected: "followed by the number of an element, 0 to \(values.count - 1)", found: "'\(key)'",
          at: place)
      }
      try values[index].set(keys.dropFirst(), new, place)
      content = .list(values)
    case .mapping(var entries):
      let nothing = RecipeValue(content: .scalar("", isQuoted: false), place: place, path: "")
      let index = entries.firstIndex { $0.key == key } ?? entries.count
      if index == entries.count { entries.append(Entry(key: key, place: place, value: nothing)) }
      entries[index].place = place
      try entries[index].value.set(keys.dropFirst(), new, place)
      content = .mapping(entries)
    case .scalar(let name, _):
      // `optimizer: adamw` is short for `optimizer: {adamw: }`.
      let nothing = RecipeValue(content: .scalar("", isQuoted: false), place: place, path: "")
      content = .mapping(name == key ? [Entry(key: name, place: place, value: nothing)] : [])
      try set(keys, new, place)
    }
  }

  private func placed(_ place: RecipePlace) -> RecipeValue {
    var value = self
    value.place = place
    switch content {
    case .scalar: break
    case .list(let values): value.content = .list(values.map { $0.placed(place) })
    case .mapping(let entries):
      value.content = .mapping(entries.map { Entry(key: $0.key, place: place, value: $0.value.placed(place)) })
    }
    return value
  }
}
