import TensorCore

/// All elements of an item in row-major order, as its channels.
public struct FlattenLayer: Layer {
  /// Creates a flattening layer.
  public init() {}

  /// The kind of layer.
  public var role: LayerRole { .routing }

  /// `[batch, elements of an item]`.
  public func outputShape(for inputs: [Shape]) -> Shape { [inputs[0].batch, inputs[0].itemCount] }

  /// The same elements under another shape.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    inputs[0].reshaped(to: outputShape(for: [inputs[0].shape]))
  }

  /// The same cotangents under the input's shape.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    [cotangent.reshaped(to: site.inputs[0].shape)]
  }
}
