import TensorCore

/// Equally over all inputs that an output sees.
///
///     R[i] = sum over j that see i of R[j] / st(number of inputs that j sees)
///
/// Cells that padding adds take no part.
///
/// - Note: One forward pass and one pullback with weights of one. Lapuschkin, *Opening the machine learning black box with Layer-wise
///   Relevance Propagation*, 2019. Checked against zennit in float64.
public struct FlatRule: RelevanceRule {
  /// What is added to the number of inputs.
  public var epsilon: Double

  /// Creates the rule.
  ///
  /// - Parameter epsilon: What is added to the number of inputs.
  public init(epsilon: Double = 1e-6) { self.epsilon = epsilon }

  /// `flat`.
  public var text: String { "flat" }

  /// It puts ones in the place of weights.
  public var needsWeights: Bool { true }

  /// The relevance of the inputs.
  ///
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  public func divide(_ relevance: Tensor, at site: LinearSite) throws(GeometryError) -> [Tensor] {
    let term = site.term({ _ in 1 }, .ones, bias: false)
    return try site.proportional(relevance, to: [term].compactMap { $0 }, epsilon: epsilon)
  }
}
