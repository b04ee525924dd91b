import TensorCore

/// In proportion to what every input contributes, to the letter.
///
///     R[i] = a[i] * sum over j of w[i, j] R[j] / z[j]        nothing where z[j] = 0
///
/// On a network of rectifiers and maxima it gives gradient times input.
///
/// - Note: One pullback. Bach et al., PLoS ONE 2015.
public struct ZeroRule: RelevanceRule {
  /// Creates the rule.
  public init() {}

  /// `zero`.
  public var text: String { "zero" }

  /// The relevance of the inputs.
  ///
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  public func divide(_ relevance: Tensor, at site: LinearSite) throws(GeometryError) -> [Tensor] {
    try EpsilonRule(epsilon: 0).divide(relevance, at: site)
  }
}
