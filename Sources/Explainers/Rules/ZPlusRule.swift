import TensorCore

/// In proportion to the positive contributions alone.
///
///     R[i] = sum over j of (a+ w+ + a- w-)[i, j] R[j] / st(z+[j])      z+ = sum over i of (a+ w+ + a- w-) + b+
///
/// - Note: Two forward passes and two pullbacks, half of them where no input is negative. Montavon et al., Pattern Recognition 2017, there
///   for inputs that are not negative. Checked against zennit in float64.
public struct ZPlusRule: RelevanceRule {
  /// What is added to the size of the denominator.
  public var epsilon: Double

  /// Creates the rule.
  ///
  /// - Parameter epsilon: What is added to the size of the denominator.
  public init(epsilon: Double = 1e-6) { self.epsilon = epsilon }

  /// `z-plus`.
  public var text: String { "z-plus" }

  /// It looks at the signs of weights.
  public var needsWeights: Bool { true }

  /// The relevance of the inputs.
  ///
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  public func divide(_ relevance: Tensor, at site: LinearSite) throws(GeometryError) -> [Tensor] {
    try AlphaBetaRule(alpha: 1, beta: 0, epsilon: epsilon).divide(relevance, at: site)
  }
}
