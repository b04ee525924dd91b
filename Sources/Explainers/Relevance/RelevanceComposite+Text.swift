/// The text that users write rules in.
///
///     rules    = entry { ";" entry }
///     entry    = selector ":" rule
///     selector = "input" | "conv" | "dense" | "any" | "normalization" | "average" | "maximum" | "add" | "layer" name
///     rule     = name [ "(" number { "," number } ")" ]
///
/// Rules: `zero`, `epsilon(e)`, `gamma(g)`, `z-plus`, `alpha-beta(a,b)`, `w-square`, `flat`, `z-box(low,high)`, `pass`, `norm(e)`. Numbers may
/// be left out together with their brackets. Bounds of `z-box` are numbers, `auto`, or one number for every channel with `/` between them.
extension RelevanceComposite {
  /// What is wrong with a text, to stand behind "which should be".
  struct TextProblem: Error, Equatable {
    let message: String

    init(_ entry: Int, _ found: String) {
      message =
        "a list of entries such as 'input: z-box(0,1); conv: gamma(0.25); dense: epsilon(1e-6); layer head: zero', but entry \(entry + 1) "
        + found
    }
  }

  /// Reads a text.
  ///
  /// - Throws: `TextProblem` that says what was found in which entry.
  init(text: String) throws(TextProblem) {
    var entries: [Entry] = []
    for (index, part) in text.split(separator: ";", omittingEmptySubsequences: false).enumerated() {
      entries.append(try Self.entry(trimmed(part), index))
    }
    self.init(entries)
  }

  private static func entry(_ text: String, _ index: Int) throws(TextProblem) -> Entry {
    guard !text.isEmpty else { throw TextProblem(index, "is empty") }
    // Names of layers may have a colon, rules have none.
    guard let colon = text.lastIndex(of: ":") else {
      throw TextProblem(index, "has no ':' between the layers and their rule")
    }
    return Entry(
      try selector(trimmed(text[..<colon]), index),
      try rule(trimmed(text[text.index(after: colon)...]), index)
    )
  }

  private static func selector(_ text: String, _ index: Int) throws(TextProblem) -> Selector {
    if let known = Selector.words.first(where: { $0.word == text }) { return known.selector }
    if text.hasPrefix("layer ") { return .layer(trimmed(text.dropFirst("layer ".count))) }
    let words = Selector.words.map(\.word).joined(separator: ", ")
    throw TextProblem(index, "is for '\(text)', which is neither one of \(words) nor 'layer' and a name")
  }

  private static func rule(_ text: String, _ index: Int) throws(TextProblem) -> any RelevanceRule {
    let call = try RuleCall(text, index)
    switch call.name {
    case "zero": return try call.with(0) { _ in ZeroRule() }
    case "epsilon": return try call.with(1) { EpsilonRule(epsilon: $0.first ?? 1e-6) }
    case "gamma": return try call.with(1) { GammaRule(gamma: $0.first ?? 0.25) }
    case "z-plus": return try call.with(0) { _ in ZPlusRule() }
    case "w-square": return try call.with(0) { _ in WSquareRule() }
    case "flat": return try call.with(0) { _ in FlatRule() }
    case "pass": return try call.with(0) { _ in PassRule() }
    case "norm": return try call.with(1) { NormRule(epsilon: $0.first ?? 1e-6) }
    case "z-box": return try call.box()
    case "alpha-beta":
      let rule = try call.with(2) { AlphaBetaRule(alpha: $0.first ?? 2, beta: $0.last ?? 1) }
      guard abs(rule.alpha - rule.beta - 1) <= 1e-9 else {
        throw TextProblem(index, "has '\(text)', whose first number should be the second plus 1")
      }
      return rule
    default:
      throw TextProblem(
        index,
        "has the rule '\(call.name)', and the rules are zero, epsilon, gamma, z-plus, alpha-beta, w-square, flat, z-box, pass, norm"
      )
    }
  }
}

/// A rule's name with what stands in its brackets.
private struct RuleCall {
  let name: String
  let text: String
  let index: Int
  /// What stands between the commas, or nothing without brackets.
  let arguments: [String]

  init(_ text: String, _ index: Int) throws(RelevanceComposite.TextProblem) {
    self.text = text
    self.index = index
    guard let open = text.firstIndex(of: "(") else {
      name = text
      arguments = []
      return
    }
    name = trimmed(text[..<open])
    guard text.hasSuffix(")") else {
      throw RelevanceComposite.TextProblem(index, "has '\(text)', whose bracket is not closed")
    }
    arguments = text[text.index(after: open)...].dropLast()
      .split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
  }

  /// The rule with its numbers, as many as it has or none.
  func with<Rule: RelevanceRule>(
    _ count: Int, _ make: ([Double]) -> Rule
  ) throws(RelevanceComposite.TextProblem) -> Rule {
    let numbers = arguments.compactMap { Double($0) }
    guard numbers.count == arguments.count, numbers.allSatisfy({ (0...1e6).contains($0) }),
      [0, count].contains(numbers.count)
    else {
      let expected =
        count == 0 ? "takes no numbers" : "takes \(count == 1 ? "one number" : "\(count) numbers")"
      throw problem(expected + (count == 0 ? "" : " from 0 to 1000000"))
    }
    return make(numbers)
  }

  func box() throws(RelevanceComposite.TextProblem) -> ZBoxRule {
    guard !arguments.isEmpty else { return ZBoxRule() }
    guard arguments.count == 2, let low = BoxBound(arguments[0]), let high = BoxBound(arguments[1]) else {
      throw problem("takes two bounds, each a number, numbers with '/' between them, or auto")
    }
    return ZBoxRule(low: low.values, high: high.values)
  }

  private func problem(_ expected: String) -> RelevanceComposite.TextProblem {
    RelevanceComposite.TextProblem(index, "has '\(text)', but '\(name)' \(expected)")
  }
}

/// One bound of a box as text: a number for all channels, one for each with `/` between them, or `auto`.
struct BoxBound {
  /// The numbers; `nil` for what the item itself has.
  let values: [Float]?

  init?(_ text: String) {
    guard text != "auto" else {
      values = nil
      return
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Float($0) }
    guard numbers.count == parts.count, numbers.allSatisfy(\.isFinite) else { return nil }
    values = numbers
  }
}

private func trimmed(_ text: some StringProtocol) -> String {
  String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
}
