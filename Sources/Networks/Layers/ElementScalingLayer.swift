import TensorCore

/// A scale and a shift for every element of an item, where they are not the same at all positions.
public struct ElementScalingLayer: Layer {
  /// The scale and the shift.
  public let scaling: ElementScaling
  /// The number of trained numbers that the scale and the shift were made from.
  public let parameterCount: Int

  /// Creates a layer from a scaling.
  ///
  /// - Parameters:
  ///   - scaling: The scale and the shift per element.
  ///   - parameterCount: The number of trained numbers that they were made from.
  public init(_ scaling: ElementScaling, parameterCount: Int) {
    self.scaling = scaling
    self.parameterCount = parameterCount
  }

  /// The kind of layer.
  public var role: LayerRole { .normalization }

  /// The shape of the input.
  ///
  /// - Throws: `GeometryError` when the input has items of another shape.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard inputs[0].with(batch: 1) == scaling.scale.shape else {
      throw .weightMismatch(name: "scale", expected: inputs[0].with(batch: 1), found: scaling.scale.shape)
    }
    return inputs[0]
  }

  /// The scaled and shifted input.
  public func forward(_ inputs: [Tensor]) -> Tensor { scaling(inputs[0]) }

  /// The scaled cotangent.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [scaling.pullback(cotangent)] }
}
