/// The decision that is to be explained: which output, and in which space its score is taken.
public struct Target: Hashable, Sendable {
  /// Which output.
  public enum Choice: Hashable, Sendable {
    /// The one that the model predicts, for every item on its own.
    case top
    /// The class with an index; for a model with a single sigmoid output 0 or 1.
    case index(Int)
  }

  /// Which output.
  public var choice: Choice
  /// The space in which its score is taken.
  public var space: ScoreSpace
  /// The class whose score is taken from it, for what tells the two classes apart; none by default.
  public var versus: Int?

  /// Creates a target.
  ///
  /// - Parameters:
  ///   - choice: Which output.
  ///   - space: The space in which its score is taken.
  ///   - versus: The class whose score is taken from it, or nothing.
  public init(_ choice: Choice, in space: ScoreSpace = .logit, versus: Int? = nil) {
    self.choice = choice
    self.space = space
    self.versus = versus
  }

  /// The class that the model predicts, before the final softmax or sigmoid.
  public static let topClass = Target(.top)

  /// The class with an index, before the final softmax or sigmoid.
  public static func index(_ index: Int) -> Target { Target(.index(index)) }

  /// The class with an index, when that is the choice.
  package var index: Int? { if case .index(let index) = choice { index } else { nil } }

  /// The same target with the class that was chosen for one item.
  package func fixed(to index: Int) -> Target {
    var target = self
    target.choice = .index(index)
    return target
  }
}
