import Networks
import TensorCore

/// How the relevance of a linear layer's output is divided among its inputs.
///
/// A rule says which inputs and which weights take part and what the relevance is divided by. It names no kind of layer and no number of
/// axes: all it does, it does by the layer's own forward pass and pullback, with other weights where it asks for them.
///
/// In the formulas `a` is the input, `w` and `b` are weights and bias, `z = sum over i of a[i] w[i, j] + b[j]` is the output, `R` is
/// relevance, and `st(v) = v + epsilon sign(v)` with `sign(0) = 1`. The positive and the negative part of a number are `v+` and `v-`.
public protocol RelevanceRule: Sendable {
  /// The rule as the text of rules writes it, such as `gamma(0.25)`.
  var text: String { get }

  /// Whether the rule needs the layer's weights one by one, so that it does not exist for sums and means.
  var needsWeights: Bool { get }

  /// Whether the rule hands relevance on element by element, so that it needs an output of the input's shape.
  var needsEqualShapes: Bool { get }

  /// The relevance of the inputs.
  ///
  /// - Parameters:
  ///   - relevance: The relevance of the output, of its shape.
  ///   - site: The linear layer with its inputs and output.
  /// - Returns: One tensor for every input, of its shape.
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  func divide(_ relevance: Tensor, at site: LinearSite) throws(GeometryError) -> [Tensor]
}

extension RelevanceRule {
  /// Rules that look at the layer's output alone need none.
  public var needsWeights: Bool { false }

  /// Most rules do not mind the shape of the output.
  public var needsEqualShapes: Bool { false }
}

/// The parameter of a rule as text: whole numbers without a point.
func ruleNumber(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e6 ? "\(Int(value))" : "\(value)"
}
