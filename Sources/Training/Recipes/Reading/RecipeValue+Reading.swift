extension RecipeValue {
  /// An error that says what is expected here.
  func wrong(_ expected: String) -> RecipeError {
    .value(key: path, expected: expected, found: summary, at: place)
  }

  /// A word.
  ///
  /// - Throws: `RecipeError.value` when it is none.
  func word(_ expected: String = "a word") throws(RecipeError) -> String {
    guard case .scalar(let text, let isQuoted) = content, !text.isEmpty || isQuoted else {
      throw wrong(expected)
    }
    return text
  }

  /// One of some words.
  ///
  /// - Throws: `RecipeError.value` when it is none of them.
  func choice(_ words: [String]) throws(RecipeError) -> String {
    let expected = "one of \(words.joined(separator: ", "))"
    let word = try word(expected)
    guard words.contains(word) else { throw wrong(expected) }
    return word
  }

  /// The number that it is, if it is one.
  private var plainNumber: Double? {
    guard case .scalar(let text, isQuoted: false) = content else { return nil }
    return Double(text)
  }

  /// A number of a range.
  ///
  /// - Throws: `RecipeError.value` when it is none or outside.
  func number(in range: ClosedRange<Double>) throws(RecipeError) -> Double {
    guard let number = plainNumber, range.contains(number) else {
      throw wrong("a number from \(range.lowerBound.plain) to \(range.upperBound.plain)")
    }
    return number
  }

  /// A number above zero.
  ///
  /// - Throws: `RecipeError.value` when it is none or outside.
  func positive(upTo most: Double) throws(RecipeError) -> Double {
    guard let number = plainNumber, number > 0, number <= most else {
      throw wrong("a number above 0 and up to \(most.plain)")
    }
    return number
  }

  /// A whole number of a range.
  ///
  /// - Throws: `RecipeError.value` when it is none or outside.
  func whole(in range: ClosedRange<Int>) throws(RecipeError) -> Int {
    guard let number = plainNumber.flatMap({ Int(exactly: $0) }), range.contains(number) else {
      throw wrong("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Yes or no.
  ///
  /// - Throws: `RecipeError.value` when it is neither `true` nor `false`.
  func flag() throws(RecipeError) -> Bool {
    switch content {
    case .scalar("true", isQuoted: false): return true
    case .scalar("false", isQuoted: false): return false
    default: throw wrong("true or false")
    }
  }

  /// The elements of a list.
  ///
  /// - Throws: `RecipeError.value` when it is none.
  func elements(_ expected: String) throws(RecipeError) -> [RecipeValue] {
    guard case .list(let values) = content else { throw wrong(expected) }
    return values
  }

  /// Numbers of a range: a list, or a single one.
  ///
  /// - Throws: `RecipeError.value` when one is none or outside.
  func numbers(in range: ClosedRange<Double>) throws(RecipeError) -> [Double] {
    guard case .list(let values) = content else { return [try number(in: range)] }
    guard !values.isEmpty else { throw wrong("at least one number") }
    var numbers: [Double] = []
    for value in values { numbers.append(try value.number(in: range)) }
    return numbers
  }

  /// Whole numbers of a range: a list, or a single one.
  ///
  /// - Throws: `RecipeError.value` when one is none or outside.
  func wholes(in range: ClosedRange<Int>) throws(RecipeError) -> [Int] {
    guard case .list(let values) = content else { return [try whole(in: range)] }
    guard !values.isEmpty else { throw wrong("at least one whole number") }
    var numbers: [Int] = []
    for value in values { numbers.append(try value.whole(in: range)) }
    return numbers
  }

  /// A range: two numbers, the smaller one first.
  ///
  /// - Throws: `RecipeError.value` when it is none or one is outside.
  func range(in range: ClosedRange<Double>) throws(RecipeError) -> ClosedRange<Double> {
    guard case .list(let values) = content, values.count == 2, let low = values[0].plainNumber,
      let high = values[1].plainNumber, low <= high, range.contains(low), range.contains(high)
    else {
      throw wrong(
        "two numbers from \(range.lowerBound.plain) to \(range.upperBound.plain), the smaller one first")
    }
    return low...high
  }

  /// The values by their names.
  ///
  /// - Parameters:
  ///   - keys: The names that there are.
  ///   - isOptional: Whether nothing at all stands for no names.
  /// - Returns: The values.
  /// - Throws: `RecipeError` when it is no mapping or has another name.
  func section(_ keys: [String], isOptional: Bool = false) throws(RecipeError) -> RecipeSection {
    if isOptional, case .scalar("", isQuoted: false) = content {
      return RecipeSection(path: path, place: place, entries: [])
    }
    guard case .mapping(let entries) = content else {
      throw wrong("a mapping with \(keys.joined(separator: ", "))")
    }
    for entry in entries where !keys.contains(entry.key) {
      throw .unknownKey(entry.key, in: path, available: keys, at: entry.place)
    }
    return RecipeSection(path: path, place: place, entries: entries)
  }

  /// A name with what belongs to it: `adam`, `dropout: 0.2` or `pooling: {size: 2}`.
  ///
  /// - Parameters:
  ///   - kind: What is named.
  ///   - names: The names that there are.
  /// - Returns: The name and the value behind it, nothing when there is none.
  /// - Throws: `RecipeError` when it is something else or the name is not known.
  func named(_ kind: String, _ names: [String]) throws(RecipeError) -> (name: String, value: RecipeValue) {
    let expected = "\(kind): one of \(names.joined(separator: ", "))"
    switch content {
    case .scalar(let name, _):
      guard names.contains(name) else { throw wrong(expected) }
      let nothing = RecipeValue(content: .scalar("", isQuoted: false), place: place, path: "\(path).\(name)")
      return (name, nothing)
    case .mapping(let entries) where entries.count == 1:
      guard names.contains(entries[0].key) else {
        throw .value(key: path, expected: expected, found: "'\(entries[0].key)'", at: entries[0].place)
      }
      return (entries[0].key, entries[0].value)
    default: throw wrong(expected)
    }
  }
}
