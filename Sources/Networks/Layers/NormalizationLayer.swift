import TensorCore

/// Batch normalisation at inference: a scale and a shift per channel.
public struct NormalizationLayer: Layer {
  /// The scale and the shift.
  public let scaling: ChannelScaling
  /// The number of trained numbers that the scale and the shift were made from.
  public let parameterCount: Int

  /// Creates a layer from a scaling.
  ///
  /// - Parameters:
  ///   - scaling: The scale and the shift per channel.
  ///   - parameterCount: The number of trained numbers that they were made from.
  public init(_ scaling: ChannelScaling, parameterCount: Int) {
    self.scaling = scaling
    self.parameterCount = parameterCount
  }

  /// The kind of layer.
  public var role: LayerRole { .normalization }

  /// The shape of the input.
  ///
  /// - Throws: `GeometryError` when the input has another number of channels.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard inputs[0].channels == scaling.scale.count else {
      throw .channelMismatch(expected: scaling.scale.count, found: inputs[0].channels)
    }
    return inputs[0]
  }

  /// The scaled and shifted input.
  public func forward(_ inputs: [Tensor]) -> Tensor { scaling(inputs[0]) }

  /// The scaled cotangent.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [scaling.pullback(cotangent)] }
}
