import TensorCore

/// The spatial axes without some cells at their ends.
public struct CroppingLayer: Layer {
  /// Cells taken away before and after every spatial axis.
  public let margins: [Padding.Margin]

  /// Creates a cropping from the cells taken away before and after every spatial axis.
  public init(_ margins: [Padding.Margin]) { self.margins = margins }

  /// The kind of layer.
  public var role: LayerRole { .routing }

  /// The shape of the input, smaller by the margins.
  ///
  /// - Throws: `GeometryError` when there are not as many margins as spatial axes, or nothing is left of one.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    let spatial = inputs[0].spatial
    guard spatial.count == margins.count else {
      throw .rankMismatch(window: margins.count, input: spatial.count)
    }
    for axis in spatial.indices where margins[axis].low + margins[axis].high >= spatial[axis] {
      throw .windowTooLarge(
        axis: axis, window: margins[axis].low + margins[axis].high + 1, input: spatial[axis])
    }
    let rest = zip(spatial, margins).map { $0 - $1.low - $1.high }
    return Shape(batch: inputs[0].batch, spatial: rest, channels: inputs[0].channels)
  }

  /// The inner cells.
  public func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].cropped(by: margins) }

  /// The cotangent with zeros where cells were taken away.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [cotangent.padded(by: margins)] }
}
