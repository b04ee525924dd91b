import TensorCore

/// A pooling over all positions at once.
public struct GlobalPoolingLayer: Layer {
  /// What is taken of all positions.
  public let kind: Pooling.Kind
  /// Whether the spatial axes stay, with extent one, or vanish.
  public let keepsAxes: Bool

  /// Creates a global pooling.
  ///
  /// - Parameters:
  ///   - kind: What is taken of all positions.
  ///   - keepsAxes: Whether the spatial axes stay, with extent one.
  public init(_ kind: Pooling.Kind, keepsAxes: Bool = false) {
    self.kind = kind
    self.keepsAxes = keepsAxes
  }

  /// The kind of layer.
  public var role: LayerRole { kind == .maximum ? .maximumPooling : .averagePooling }

  /// `[batch, channels]`, or `[batch, 1..., channels]` when the axes stay.
  ///
  /// - Throws: `GeometryError` when the input has no positions.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    if let axis = inputs[0].spatial.firstIndex(of: 0) {
      throw .windowTooLarge(axis: axis, window: 1, input: 0)
    }
    let spatial = keepsAxes ? inputs[0].spatial.map { _ in 1 } : []
    return Shape(batch: inputs[0].batch, spatial: spatial, channels: inputs[0].channels)
  }

  /// The pooled input.
  ///
  /// - Throws: `GeometryError` when the input has no positions.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: [inputs[0].shape])
    switch kind {
    case .average: return inputs[0].meanOverPositions().reshaped(to: shape)
    case .maximum: return try wholeWindow(inputs[0])(inputs[0]).reshaped(to: shape)
    }
  }

  /// The cotangent of the input: spread evenly, or given to the first largest value.
  ///
  /// - Throws: `GeometryError` when the input has no positions.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    [try pullback(cotangent, at: site.inputs[0], rectifier: nil)]
  }

  private func pullback(
    _ cotangent: Tensor, at input: Tensor, rectifier: Rectifier?
  ) throws(GeometryError) -> Tensor {
    let pooling = wholeWindow(input)
    let pooled = cotangent.reshaped(to: try pooling.outputShape(for: input.shape))
    return try pooling.pullback(pooled, at: input, through: rectifier)
  }

  private func wholeWindow(_ input: Tensor) -> Pooling {
    Pooling(kind, over: Window(kernel: input.shape.spatial))
  }
}

extension GlobalPoolingLayer: FusingLayer {
  /// The rectified pooled input.
  ///
  /// - Throws: `GeometryError` when the input has no positions.
  public func forward(_ inputs: [Tensor], through rectifier: Rectifier) throws(GeometryError) -> Tensor {
    rectifier(try forward(inputs))
  }

  /// The cotangent of the input where the rectifier that gave it was open.
  ///
  /// - Throws: `GeometryError` when the input has no positions.
  public func pullback(
    _ cotangent: Tensor, at site: Site, through rectifier: Rectifier
  ) throws(GeometryError) -> Tensor {
    try pullback(cotangent, at: site.inputs[0], rectifier: rectifier)
  }
}
