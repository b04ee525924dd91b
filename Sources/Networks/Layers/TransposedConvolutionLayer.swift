import TensorCore

/// A transposed convolution as a layer.
public struct TransposedConvolutionLayer: Layer {
  /// The operation.
  public let operation: TransposedConvolution

  /// Creates a layer from an operation.
  public init(_ operation: TransposedConvolution) { self.operation = operation }

  /// The kind of layer.
  public var role: LayerRole { .convolution }

  /// The number of weights and biases.
  public var parameterCount: Int { operation.convolution.weights.count + (operation.bias?.count ?? 0) }

  /// The shape of the output.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    try operation.outputShape(for: inputs[0])
  }

  /// The transposed convolution of the input.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor { try operation(inputs[0]) }

  /// The cotangent of the input.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    [try operation.pullback(cotangent)]
  }
}
