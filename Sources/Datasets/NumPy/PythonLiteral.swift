/// A value written as Python source, as the header of an .npy file holds it.
enum PythonLiteral: Equatable {
  case text(String)
  case integer(Int)
  case truth(Bool)
  case none
  /// A tuple or a list.
  case sequence([PythonLiteral])
  case dictionary([String: PythonLiteral])

  /// Reads one literal that fills the whole text; nothing when the text is anything else.
  init?(parsing text: String) {
    var parser = PythonLiteralParser(text)
    guard let literal = parser.literal(depth: 0), parser.isAtEnd else { return nil }
    self = literal
  }
}

/// Reads Python literals; the text only ever comes from a header of bounded size.
private struct PythonLiteralParser {
  private var rest: Substring
  private static let deepest = 16

  init(_ text: String) { rest = text[...] }

  var isAtEnd: Bool { rest.allSatisfy(\.isWhitespace) }

  mutating func literal(depth: Int) -> PythonLiteral? {
    skipSpaces()
    guard depth < Self.deepest, let first = rest.first else { return nil }
    switch first {
    case "'", "\"": return quoted().map { .text($0) }
    case "(": return sequence(until: ")", depth)
    case "[": return sequence(until: "]", depth)
    case "{": return dictionary(depth)
    default: return word()
    }
  }

  private mutating func sequence(until end: Character, _ depth: Int) -> PythonLiteral? {
    rest.removeFirst()
    var items: [PythonLiteral] = []
    while !take(end) {
      guard let item = literal(depth: depth + 1), take(",") || next() == end else { return nil }
      items.append(item)
    }
    return .sequence(items)
  }

  private mutating func dictionary(_ depth: Int) -> PythonLiteral? {
    rest.removeFirst()
    var items: [String: PythonLiteral] = [:]
    while !take("}") {
      guard case .text(let key) = literal(depth: depth + 1), take(":"),
        let value = literal(depth: depth + 1), take(",") || next() == "}"
      else { return nil }
      items[key] = value
    }
    return .dictionary(items)
  }

  private mutating func quoted() -> String? {
    let quote = rest.removeFirst()
    guard let end = rest.firstIndex(of: quote) else { return nil }
    defer { rest = rest[rest.index(after: end)...] }
    let text = rest[..<end]
    return text.contains("\\") ? nil : String(text)
  }

  private mutating func word() -> PythonLiteral? {
    let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
    rest = rest.dropFirst(word.count)
    switch word {
    case "True": return .truth(true)
    case "False": return .truth(false)
    case "None": return PythonLiteral.none
    // Python 2 wrote long integers with a letter at the end.
    default: return Int(word.hasSuffix("L") ? word.dropLast() : word).map { .integer($0) }
    }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard next() == character else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func next() -> Character? {
    skipSpaces()
    return rest.first
  }

  private mutating func skipSpaces() { rest = rest.drop(while: \.isWhitespace) }
}
