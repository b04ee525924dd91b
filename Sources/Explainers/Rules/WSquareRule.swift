import TensorCore

/// In proportion to the squares of the weights, whatever the input.
///
///     R[i] = sum over j of w[i, j]^2 R[j] / st(sum over i of w[i, j]^2 + b[j]^2)
///
/// Cells that padding adds take no part.
///
/// - Note: One forward pass and one pullback. Montavon et al., Pattern Recognition 2017. Checked against zennit in float64, which has the
///   square of the bias in the denominator where the paper has no bias; the bias keeps its share.
public struct WSquareRule: RelevanceRule {
  /// What is added to the size of the denominator.
  public var epsilon: Double

  /// Creates the rule.
  ///
  /// - Parameter epsilon: What is added to the size of the denominator.
  public init(epsilon: Double = 1e-6) { self.epsilon = epsilon }

  /// `w-square`.
  public var text: String { "w-square" }

  /// It squares weights.
  public var needsWeights: Bool { true }

  /// The relevance of the inputs.
  ///
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  public func divide(_ relevance: Tensor, at site: LinearSite) throws(GeometryError) -> [Tensor] {
    let term = site.term({ _ in 1 }, .squared)
    return try site.proportional(relevance, to: [term].compactMap { $0 }, epsilon: epsilon)
  }
}
