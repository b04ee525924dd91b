import TensorCore

/// A sequence with zeros at the positions all of whose channels have a value.
public struct MaskingLayer: Layer {
  /// The value that marks positions to be left out.
  public let value: Float
  private let mask: MaskLayer

  /// Creates a layer.
  ///
  /// - Parameter value: The value that marks positions to be left out.
  public init(value: Float) {
    self.value = value
    mask = MaskLayer(.anyChannel(differsFrom: value))
  }

  /// The kind of layer.
  public var role: LayerRole { .mask }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  /// The input where it counts.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    inputs[0].scaledAtPositions(by: mask.forward(inputs))
  }

  /// The cotangent where the input counts.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    [cotangent.scaledAtPositions(by: mask.forward(site.inputs))]
  }
}
