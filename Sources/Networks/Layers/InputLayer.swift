import TensorCore

/// Where data enters a model.
public struct InputLayer: Layer {
  /// The shape of one item, `[1, spatial..., channels]`.
  public let shape: Shape

  /// Creates an input for items of a shape `[1, spatial..., channels]`.
  public init(shape: Shape) { self.shape = shape.with(batch: 1) }

  /// The kind of layer.
  public var role: LayerRole { .input }

  /// The shape of one item.
  public func outputShape(for inputs: [Shape]) -> Shape { shape }

  /// Never called by a model: an input has no inputs.
  public func forward(_ inputs: [Tensor]) -> Tensor { inputs[0] }

  /// Nothing lies before an input.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [] }
}
