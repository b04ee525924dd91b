import TensorCore

/// The mask of several masked sequences that become one.
public struct MaskMergeLayer: Layer {
  /// When a position counts.
  public enum Rule: Sendable {
    /// It counts in one of the masks.
    case any
    /// It counts in all of them.
    case all
  }

  /// When a position counts.
  public let rule: Rule

  /// Creates a layer.
  public init(_ rule: Rule) { self.rule = rule }

  /// The kind of layer.
  public var role: LayerRole { .mask }

  /// The shape of the masks.
  ///
  /// - Throws: `GeometryError` when the masks have unequal shapes.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    for input in inputs where input != inputs[0] {
      throw .weightMismatch(name: "mask", expected: inputs[0], found: input)
    }
    return inputs[0]
  }

  /// Ones and zeros.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    inputs.dropFirst().reduce(inputs[0]) { result, mask in
      switch rule {
      case .any: result.combined(with: mask) { max($0, $1) }
      case .all: result * mask
      }
    }
  }

  /// Zeros: a mask is constant almost everywhere.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    site.inputs.map { Tensor($0.shape) }
  }
}
