import TensorCore

/// Zeros, or cells of another value, around the spatial axes.
public struct ZeroPaddingLayer: Layer {
  /// Cells before and after every spatial axis.
  public let margins: [Padding.Margin]
  /// The value of the cells that are added.
  public let value: Float

  /// Creates a padding layer.
  ///
  /// - Parameters:
  ///   - margins: Cells before and after every spatial axis.
  ///   - value: The value of the cells that are added.
  public init(_ margins: [Padding.Margin], value: Float = 0) {
    self.margins = margins
    self.value = value
  }

  /// The kind of layer.
  public var role: LayerRole { .routing }

  /// The shape of the input, larger by the margins.
  ///
  /// - Throws: `GeometryError` when there are not as many margins as spatial axes.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    let window = Window(kernel: margins.map { _ in 1 }, padding: .explicit(margins))
    let spatial = try window.resolved(over: inputs[0].spatial).output
    return Shape(batch: inputs[0].batch, spatial: spatial, channels: inputs[0].channels)
  }

  /// The padded input.
  public func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].padded(by: margins, with: value) }

  /// The cotangent without the margins.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [cotangent.cropped(by: margins)] }
}
