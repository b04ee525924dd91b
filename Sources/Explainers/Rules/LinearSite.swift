import Networks
import TensorCore

/// A linear layer with what went into it and what came out, as rules see it.
public struct LinearSite: Sendable {
  /// What takes the place of a weight `w`, and of an element of the bias.
  public enum Weights: Sendable, Hashable {
    /// `w`
    case own
    /// `max(w, 0)`
    case positive
    /// `min(w, 0)`
    case negative
    /// `w^2`
    case squared
    /// `1`, and no bias.
    case ones
    /// `w + factor * max(w, 0)`
    case raised(Float)
    /// `w + factor * min(w, 0)`
    case lowered(Float)

    /// What takes the place of a weight.
    func value(of w: Float) -> Float {
      switch self {
      case .own: w
      case .positive: max(w, 0)
      case .negative: min(w, 0)
      case .squared: w * w
      case .ones: 1
      case .raised(let factor): w + factor * max(w, 0)
      case .lowered(let factor): w + factor * min(w, 0)
      }
    }
  }

  /// Inputs and the weights that they meet.
  public struct Term: Sendable {
    let inputs: [Tensor]
    let layer: any Layer

    /// The share of the output that the term gives.
    func forward() throws(GeometryError) -> Tensor { try layer.forward(inputs) }

    /// The inputs times what flows back to them.
    func backward(_ cotangent: Tensor, to site: Site) throws(GeometryError) -> [Tensor] {
      let parts = try layer.pullback(cotangent, at: site)
      return zip(inputs, parts).map { $0 * $1 }
    }
  }

  /// The inputs and the output of the layer in the forward pass.
  public let site: Site
  private let layer: any Layer

  /// Creates a site.
  ///
  /// - Parameters:
  ///   - layer: The layer; one without weights, such as a mean, for rules that need none.
  ///   - site: What went into it and what came out.
  public init(_ layer: any Layer, at site: Site) {
    self.layer = layer
    self.site = site
  }

  /// The layer's output.
  public var output: Tensor { site.output }

  /// The inputs under a function, and the weights that they meet.
  ///
  /// - Parameters:
  ///   - inputs: What takes the place of an element of the input.
  ///   - weights: What takes the place of a weight.
  ///   - hasBias: Whether the bias takes part.
  /// - Returns: The term, or `nil` when all its inputs are zero and it has no bias.
  func term(
    _ inputs: @Sendable (Float) -> Float = { $0 }, _ weights: Weights, bias hasBias: Bool = true
  ) -> Term? {
    term(of: site.inputs.map { $0.map(inputs) }, weights, bias: hasBias)
  }

  /// The layer as it is.
  var ownTerm: Term { Term(inputs: site.inputs, layer: layer) }

  /// Given inputs, and the weights that they meet.
  func term(of inputs: [Tensor], _ weights: Weights, bias hasBias: Bool) -> Term? {
    let isSilent = inputs.allSatisfy(\.isZero)
    guard !isSilent || hasBias else { return nil }
    guard let weighted = layer as? any WeightedLayer else {
      preconditionFailure("a rule that needs weights was given a layer without any")
    }
    let replaced: @Sendable (Float) -> Float = { weights.value(of: $0) }
    let layer = weighted.replacing(weight: replaced, bias: hasBias && weights != .ones ? replaced : nil)
    return Term(inputs: inputs, layer: layer)
  }

  /// The output that several terms give together.
  func forward(_ terms: [Term]) throws(GeometryError) -> Tensor {
    var sum: Tensor?
    for term in terms {
      let part = try term.forward()
      sum = sum.map { $0 + part } ?? part
    }
    return sum ?? Tensor(site.output.shape)
  }

  /// What flows back through several terms, added up.
  func backward(_ cotangent: Tensor, through terms: [Term]) throws(GeometryError) -> [Tensor] {
    var sums: [Tensor]?
    for term in terms {
      let parts = try term.backward(cotangent, to: site)
      sums = sums.map { zip($0, parts).map { $0 + $1 } } ?? parts
    }
    return sums ?? site.inputs.map { Tensor($0.shape) }
  }

  /// Relevance in proportion to the terms' shares of the output: `R[i] = sum over j of share[i, j] R[j] / st(sum over i of share[i, j])`.
  func proportional(
    _ relevance: Tensor, to terms: [Term], epsilon: Double
  ) throws(GeometryError) -> [Tensor] {
    try backward(relevance.divided(by: forward(terms), epsilon: epsilon), through: terms)
  }
}

extension Tensor {
  /// Whether all elements are zero.
  var isZero: Bool { withValues { $0.allSatisfy { $0 == 0 } } }

  /// Element-wise `R / st(z)`, and zero where `st(z)` is zero.
  func divided(by denominator: Tensor, epsilon: Double) -> Tensor {
    combined(with: denominator) { relevance, z in
      let stabilized = Double(z) + (z < 0 ? -epsilon : epsilon)
      return relevance == 0 || stabilized == 0 ? 0 : Float(Double(relevance) / stabilized)
    }
  }
}
