import TensorCore

/// Positive contributions count more, by a factor.
///
///     z > 0:  R[i] = sum over j of (a+ (w + gamma w+) + a- (w + gamma w-))[i, j] R[j] / st(sum of these + b + gamma b+)
///     z < 0:  R[i] = sum over j of (a+ (w + gamma w-) + a- (w + gamma w+))[i, j] R[j] / st(sum of these + b + gamma b-)
///
/// Nothing flows where `z = 0`. With gamma = 0 it is the epsilon rule; the larger gamma, the nearer to the positive contributions alone.
///
/// - Note: Up to four forward passes and four pullbacks; one of each where inputs are not negative and a rectifier follows. Montavon et al.,
///   in *Explainable AI*, LNCS 11700, 2019, for inputs that are not negative; the general form is that of zennit, checked against it in
///   float64. Captum's `GammaRule` raises the weights, not the bias, whatever the sign of the input.
public struct GammaRule: RelevanceRule {
  /// How much more the contributions of the output's own sign count.
  public var gamma: Double
  /// What is added to the size of the denominator.
  public var epsilon: Double

  /// Creates the rule.
  ///
  /// - Parameters:
  ///   - gamma: How much more the contributions of the output's own sign count, at least zero.
  ///   - epsilon: What is added to the size of the denominator.
  public init(gamma: Double = 0.25, epsilon: Double = 1e-6) {
    self.gamma = gamma
    self.epsilon = epsilon
  }

  /// `gamma(...)`.
  public var text: String { "gamma(\(ruleNumber(gamma)))" }

  /// It looks at the signs of weights.
  public var needsWeights: Bool { true }

  /// The relevance of the inputs.
  ///
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  public func divide(_ relevance: Tensor, at site: LinearSite) throws(GeometryError) -> [Tensor] {
    let factor = Float(gamma)
    let above = relevance.combined(with: site.output) { $1 > 0 ? $0 : 0 }
    let below = relevance.combined(with: site.output) { $1 < 0 ? $0 : 0 }
    var result = site.site.inputs.map { Tensor($0.shape) }
    for (part, same, other) in [
      (above, LinearSite.Weights.raised(factor), LinearSite.Weights.lowered(factor)),
      (below, .lowered(factor), .raised(factor)),
    ] where !part.isZero {
      let terms = [site.term({ max($0, 0) }, same), site.term({ min($0, 0) }, other, bias: false)]
      let shares = try site.proportional(part, to: terms.compactMap { $0 }, epsilon: epsilon)
      result = zip(result, shares).map { $0 + $1 }
    }
    return result
  }
}
