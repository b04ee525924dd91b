import TensorCore

/// A layer that does nothing at inference: dropout, noise.
public struct IdentityLayer: Layer {
  /// Creates an identity.
  public init() {}

  /// The kind of layer.
  public var role: LayerRole { .identity }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  /// The input.
  public func forward(_ inputs: [Tensor]) -> Tensor { inputs[0] }

  /// The cotangent.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [cotangent] }
}
