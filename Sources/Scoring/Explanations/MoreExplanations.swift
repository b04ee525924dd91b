/// The explanations that a metric makes to judge one.
public struct MoreExplanations: Sendable, Equatable {
  /// How many.
  public let count: Int
  /// What they are of; metrics with the same subject share them.
  public let subject: String

  /// Counts explanations.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - subject: What they are of; metrics with the same subject share them.
  public init(_ count: Int, of subject: String) {
    self.count = count
    self.subject = subject
  }
}
