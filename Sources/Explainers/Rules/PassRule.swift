import TensorCore

/// Element by element as it comes.
///
///     R[i] = R[j] at the same place
///
/// - Note: No pass. It takes a layer that keeps the shape, such as a batch normalisation.
public struct PassRule: RelevanceRule {
  /// Creates the rule.
  public init() {}

  /// `pass`.
  public var text: String { "pass" }

  /// It hands relevance on element by element.
  public var needsEqualShapes: Bool { true }

  /// The relevance of the output.
  public func divide(_ relevance: Tensor, at site: LinearSite) -> [Tensor] { [relevance] }
}
