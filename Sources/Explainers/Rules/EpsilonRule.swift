import TensorCore

/// In proportion to what every input contributes, with a small number that absorbs some relevance where contributions cancel.
///
///     R[i] = a[i] * sum over j of w[i, j] R[j] / st(z[j])
///
/// With epsilon = 0 on a network of rectifiers it is gradient times input. What the bias contributes is kept by the bias.
///
/// - Note: One pullback. Bach et al., PLoS ONE 2015. Checked against zennit (1e-6) and Captum (1e-9) in float64.
public struct EpsilonRule: RelevanceRule {
  /// What is added to the size of the denominator.
  public var epsilon: Double

  /// Creates the rule.
  ///
  /// - Parameter epsilon: What is added to the size of the denominator, at least zero.
  public init(epsilon: Double = 1e-6) { self.epsilon = epsilon }

  /// `epsilon(...)`.
  public var text: String { "epsilon(\(ruleNumber(epsilon)))" }

  /// The relevance of the inputs.
  ///
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  public func divide(_ relevance: Tensor, at site: LinearSite) throws(GeometryError) -> [Tensor] {
    try site.ownTerm.backward(relevance.divided(by: site.output, epsilon: epsilon), to: site.site)
  }
}
