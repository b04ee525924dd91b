import TensorCore

/// For inputs between known bounds: in proportion to contributions counted from the bound that speaks against the output.
///
///     R[i] = sum over j of (a w - low w+ - high w-)[i, j] R[j] / st(sum over i of these)
///
/// The bias takes no part. Bounds are in the units that the model takes, one for all channels or one for each; the item's own smallest and
/// largest value where none are given. Cells that padding adds take no part.
///
/// - Note: Three forward passes and three pullbacks. Montavon et al., Pattern Recognition 2017. Checked against zennit in float64.
public struct ZBoxRule: RelevanceRule {
  /// The smallest value that an input can have, for all channels or for each; `nil` for the smallest one of the item.
  public var low: [Float]?
  /// The largest value that an input can have, for all channels or for each; `nil` for the largest one of the item.
  public var high: [Float]?
  /// What is added to the size of the denominator.
  public var epsilon: Double

  /// Creates the rule.
  ///
  /// - Parameters:
  ///   - low: The smallest value that an input can have, for all channels or for each; `nil` for the smallest one of the item.
  ///   - high: The largest value that an input can have, for all channels or for each; `nil` for the largest one of the item.
  ///   - epsilon: What is added to the size of the denominator.
  public init(low: [Float]? = nil, high: [Float]? = nil, epsilon: Double = 1e-6) {
    self.low = low
    self.high = high
    self.epsilon = epsilon
  }

  /// `z-box`, or `z-box(low,high)` with one number for every channel behind each other where they differ, as in `z-box(0/-1,1/2)`.
  public var text: String {
    guard low != nil || high != nil else { return "z-box" }
    return "z-box(\(Self.text(of: low)),\(Self.text(of: high)))"
  }

  /// Bounds as text: numbers with `/` between them, or `auto`.
  static func text(of bounds: [Float]?) -> String {
    bounds.map { $0.map { "\($0)" }.joined(separator: "/") } ?? "auto"
  }

  /// It looks at the signs of weights.
  public var needsWeights: Bool { true }

  /// The relevance of the inputs.
  ///
  /// - Throws: `GeometryError` when there are bounds for another number of channels than the input has.
  public func divide(_ relevance: Tensor, at site: LinearSite) throws(GeometryError) -> [Tensor] {
    let inputs = site.site.inputs
    let lows = try bounds(low, of: inputs) { $0.minimum }
    let highs = try bounds(high, of: inputs) { $0.maximum }
    let terms = [
      site.term(of: inputs, .own, bias: false),
      site.term(of: lows.map { $0 * -1 }, .positive, bias: false),
      site.term(of: highs.map { $0 * -1 }, .negative, bias: false),
    ]
    return try site.proportional(relevance, to: terms.compactMap { $0 }, epsilon: epsilon)
  }

  private func bounds(
    _ given: [Float]?, of inputs: [Tensor], _ own: (Tensor) -> Float
  ) throws(GeometryError) -> [Tensor] {
    var result: [Tensor] = []
    for input in inputs {
      let values = given ?? [own(input)]
      guard values.count == 1 || values.count == input.shape.channels else {
        throw .channelMismatch(expected: values.count, found: input.shape.channels)
      }
      result.append(Tensor(input.shape, (0..<input.count).map { values[$0 % values.count] }))
    }
    return result
  }
}
