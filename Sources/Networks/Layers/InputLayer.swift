import TensorCore

/// Where data enters a model.
public struct InputLayer: Layer {
  /// The shape of one item, `[1, spatial..., channels]`.
  public let shape: Shape
  /// Whether the model's file, and arrays made for it, have the channels before the spatial axes.
  public let hasChannelsFirstInFile: Bool

  /// Creates an input.
  ///
  /// - Parameters:
  ///   - shape: The shape of one item, `[1, spatial..., channels]`.
  ///   - hasChannelsFirstInFile: Whether the model's file, and arrays made for it, have the channels before the spatial axes.
  public init(shape: Shape, hasChannelsFirstInFile: Bool = false) {
    self.shape = shape.with(batch: 1)
    self.hasChannelsFirstInFile = hasChannelsFirstInFile
  }

  /// The kind of layer.
  public var role: LayerRole { .input }

  /// The shape of one item.
  public func outputShape(for inputs: [Shape]) -> Shape { shape }

  /// Never called by a model: an input has no inputs.
  public func forward(_ inputs: [Tensor]) -> Tensor { inputs[0] }

  /// Nothing lies before an input.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [] }
}
