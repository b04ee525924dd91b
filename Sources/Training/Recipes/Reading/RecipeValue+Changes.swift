extension RecipeValue {
  /// Puts a value in the place of another, or where there is none.
  ///
  /// Where a name stands alone, as in `optimizer: adamw`, values may be put behind it.
  ///
  /// - Throws: `RecipeError` when the value is no YAML or the names lead nowhere.
  package mutating func apply(_ change: RecipeChange) throws(RecipeError) {
    let place = RecipePlace(source: change.option)
    let value = try RecipeValue(yaml: change.yaml, source: change.option).placed(place)
    try set(change.keys[...], value, place)
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
          key: path, expected: "followed by the number of an element, 0 to \(values.count - 1)",
          found: "'\(key)'",
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
      value.content = .mapping(
        entries.map { Entry(key: $0.key, place: place, value: $0.value.placed(place)) })
    }
    return value
  }
}
