import TensorCore

/// A regular part of every item.
public struct SliceLayer: Layer {
  /// The part.
  public let slice: TensorSlice

  /// Creates a layer from a slice.
  public init(_ slice: TensorSlice) { self.slice = slice }

  /// The kind of layer.
  public var role: LayerRole { .routing }

  /// The shape of the part.
  ///
  /// - Throws: `GeometryError` when the part reaches beyond the input.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    try slice.outputShape(for: inputs[0])
  }

  /// The part of the input.
  ///
  /// - Throws: `GeometryError` when the part reaches beyond the input.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor { try slice(inputs[0]) }

  /// The cotangent of the part in its place.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    [slice.pullback(cotangent, input: site.inputs[0].shape)]
  }
}
