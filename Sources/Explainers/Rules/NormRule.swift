import TensorCore

/// The ratio rule of sums and means: every summand gets its share of the sum.
///
///     R[i] = a[i] R[j] / st(sum over i of a[i])
///
/// Where summands nearly cancel, the shares are large and of both signs; a larger epsilon keeps them small and swallows relevance.
///
/// - Note: One pullback. This is the rule `Norm` of zennit, with its epsilon of 1e-6. The epsilon rule is the same formula; the name says
///   that a layer has no weights of its own.
public struct NormRule: RelevanceRule {
  /// What is added to the size of the sum.
  public var epsilon: Double

  /// Creates the rule.
  ///
  /// - Parameter epsilon: What is added to the size of the sum, at least zero.
  public init(epsilon: Double = 1e-6) { self.epsilon = epsilon }

  /// `norm(...)`.
  public var text: String { "norm(\(ruleNumber(epsilon)))" }

  /// The relevance of the summands.
  ///
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  public func divide(_ relevance: Tensor, at site: LinearSite) throws(GeometryError) -> [Tensor] {
    try EpsilonRule(epsilon: epsilon).divide(relevance, at: site)
  }
}
