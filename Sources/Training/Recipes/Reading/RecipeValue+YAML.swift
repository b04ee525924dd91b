import Yams

extension RecipeValue {
  /// More values than a recipe can have; aliases of YAML can multiply without end.
  private static let mostValues = 100_000

  /// Reads YAML.
  ///
  /// - Parameters:
  ///   - text: The text, one document.
  ///   - source: The path of the file or the option that it comes from.
  /// - Throws: `RecipeError` when it is no YAML or holds more than one document.
  package init(yaml text: String, source: String) throws(RecipeError) {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      throw .notYAML(reason: Self.reason(error), at: RecipePlace(source: source, line: Self.line(error)))
    }
    guard let node else {
      self.init(content: .scalar("", isQuoted: false), place: RecipePlace(source: source), path: "")
      return
    }
    var count = 0
    self = try RecipeValue(node, source, &count).moved(to: "")
  }

  private init(_ node: Node, _ source: String, _ count: inout Int) throws(RecipeError) {
    let place = RecipePlace(source: source, line: node.mark?.line)
    count += 1
    guard count <= Self.mostValues else {
      throw .notYAML(reason: "it has more than \(Self.mostValues) values", at: place)
    }
    switch node {
    case .scalar(let scalar):
      // `~` and `null` stand for nothing.
      let isPlain = scalar.style == .plain || scalar.style == .any
      let isNothing = isPlain && ["~", "null", "Null", "NULL"].contains(scalar.string)
      self.init(
        content: .scalar(isNothing ? "" : scalar.string, isQuoted: !isPlain), place: place, path: "")
    case .sequence(let nodes):
      var values: [RecipeValue] = []
      for node in nodes { values.append(try RecipeValue(node, source, &count)) }
      self.init(content: .list(values), place: place, path: "")
    case .mapping(let pairs):
      var entries: [Entry] = []
      for (key, value) in pairs {
        let keyPlace = RecipePlace(source: source, line: key.mark?.line)
        guard let name = key.string else {
          throw .notYAML(reason: "a key is no word", at: keyPlace)
        }
        entries.append(Entry(key: name, place: keyPlace, value: try RecipeValue(value, source, &count)))
      }
      self.init(content: .mapping(entries), place: place, path: "")
    case .alias:
      throw .notYAML(reason: "an alias stands where a value should", at: place)
    }
  }

  private static func line(_ error: any Error) -> Int? {
    switch error as? YamlError {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _),
      .reader(let problem, _, _, _):
      problem
    case .duplicatedKeysInMapping(let keys, _):
      "it has '\(keys.sorted().joined(separator: "' and '"))' more than once"
    default: "it cannot be read"
    }
  }
}

extension RecipeValue {
  /// The value as YAML: mappings in lines of their own, what lies deeper than two levels in one line.
  ///
  /// It ends with a line feed.
  package var text: String {
    do {
      return try Yams.serialize(node: node(depth: 0), width: -1, allowUnicode: true)
    } catch {
      preconditionFailure("plain values are written as YAML: \(error)")
    }
  }

  private func node(depth: Int) -> Node {
    switch content {
    case .scalar(let text, let isQuoted):
      return .scalar(.init(text, Tag(.str), isQuoted ? .doubleQuoted : .plain))
    case .list(let values):
      let isShort = values.allSatisfy { if case .scalar = $0.content { true } else { false } }
      return .sequence(
        .init(values.map { $0.node(depth: depth + 1) }, Tag(.seq), isShort ? .flow : .block))
    case .mapping(let entries):
      let pairs = entries.map { (Node($0.key), $0.value.node(depth: depth + 1)) }
      return .mapping(.init(pairs, Tag(.map), depth > 2 ? .flow : .block))
    }
  }
}
