import TensorCore

/// Positive contributions apart from negative ones.
///
///     R[i] = sum over j of (alpha (a w)+[i, j] / st(z+[j]) - beta (a w)-[i, j] / st(z-[j])) R[j]
///     z+ = sum over i of (a+ w+ + a- w-) + b+      z- = sum over i of (a+ w- + a- w+) + b-
///
/// With alpha - beta = 1 relevance is kept, but for what the biases take and for outputs without any negative contribution.
///
/// - Note: Up to four forward passes and four pullbacks, half of them where no input is negative. Bach et al., PLoS ONE 2015. Checked
///   against zennit in float64. Captum's `Alpha1_Beta0_Rule` clips the weights alone, whatever the sign of the input, and keeps the bias.
public struct AlphaBetaRule: RelevanceRule {
  /// The weight of positive contributions.
  public var alpha: Double
  /// The weight of negative contributions.
  public var beta: Double
  /// What is added to the size of the denominators.
  public var epsilon: Double

  /// Creates the rule.
  ///
  /// - Parameters:
  ///   - alpha: The weight of positive contributions, `beta + 1`.
  ///   - beta: The weight of negative contributions, at least zero.
  ///   - epsilon: What is added to the size of the denominators.
  public init(alpha: Double = 2, beta: Double = 1, epsilon: Double = 1e-6) {
    self.alpha = alpha
    self.beta = beta
    self.epsilon = epsilon
  }

  /// `alpha-beta(...)`.
  public var text: String { "alpha-beta(\(ruleNumber(alpha)),\(ruleNumber(beta)))" }

  /// It looks at the signs of weights.
  public var needsWeights: Bool { true }

  /// The relevance of the inputs.
  ///
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  public func divide(_ relevance: Tensor, at site: LinearSite) throws(GeometryError) -> [Tensor] {
    let positive = [
      site.term({ max($0, 0) }, .positive), site.term({ min($0, 0) }, .negative, bias: false),
    ]
    let speaksFor = try site.proportional(relevance, to: positive.compactMap { $0 }, epsilon: epsilon)
    let (alpha, beta) = (Float(alpha), Float(beta))
    guard beta != 0 else { return speaksFor.map { $0 * alpha } }
    let negative = [
      site.term({ max($0, 0) }, .negative), site.term({ min($0, 0) }, .positive, bias: false),
    ]
    let speaksAgainst = try site.proportional(relevance, to: negative.compactMap { $0 }, epsilon: epsilon)
    return zip(speaksFor, speaksAgainst).map { $0.combined(with: $1) { alpha * $0 - beta * $1 } }
  }
}
