import TensorCore

/// A pooling over sliding windows as a layer.
public struct PoolingLayer: Layer {
  /// The operation.
  public let pooling: Pooling

  /// Creates a layer from an operation.
  public init(_ pooling: Pooling) { self.pooling = pooling }

  /// The kind of layer.
  public var role: LayerRole { pooling.kind == .maximum ? .maximumPooling : .averagePooling }

  /// The shape of the output.
  ///
  /// - Throws: `GeometryError` when the windows do not fit.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    try pooling.outputShape(for: inputs[0])
  }

  /// The pooled input.
  ///
  /// - Throws: `GeometryError` when the windows do not fit.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor { try pooling(inputs[0]) }

  /// The cotangent of the input.
  ///
  /// - Throws: `GeometryError` when the windows do not fit.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    [try pooling.pullback(cotangent, at: site.inputs[0])]
  }
}

extension PoolingLayer: FusingLayer {
  /// The rectified pooled input.
  ///
  /// - Throws: `GeometryError` when the windows do not fit.
  public func forward(_ inputs: [Tensor], through rectifier: Rectifier) throws(GeometryError) -> Tensor {
    rectifier(try pooling(inputs[0]))
  }

  /// The cotangent of the input where the rectifier that gave it was open.
  ///
  /// - Throws: `GeometryError` when the windows do not fit.
  public func pullback(
    _ cotangent: Tensor, at site: Site, through rectifier: Rectifier
  ) throws(GeometryError) -> Tensor {
    try pooling.pullback(cotangent, at: site.inputs[0], through: rectifier)
  }
}
