/// What is wrong with a choice of items.
public enum ItemProblem: Sendable, Hashable {
  /// A part is neither a number nor a range.
  case malformed(part: String)
  /// A range ends before it begins.
  case reversed(part: String)
  /// An item is not there.
  case outside(item: Int, count: Int)
}
