import TensorCore

/// A convolution as a layer; without spatial axes in its window, a dense layer that acts on the channels of every position.
public struct ConvolutionLayer: Layer {
  /// The operation.
  public let convolution: Convolution

  /// Creates a layer from an operation.
  public init(_ convolution: Convolution) { self.convolution = convolution }

  /// A dense layer is a convolution whose window has no axes.
  public var role: LayerRole { convolution.window.spatialRank == 0 ? .dense : .convolution }

  /// The number of weights and biases.
  public var parameterCount: Int { convolution.weights.count + (convolution.bias?.count ?? 0) }

  /// The shape of the output.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard role == .dense else { return try convolution.outputShape(for: inputs[0]) }
    return inputs[0].with(channels: try convolution.outputShape(for: rows(of: inputs[0])).channels)
  }

  /// The convolution of the input.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    try forward(inputs[0], rectifier: nil)
  }

  /// The cotangent of the input.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    [try pullback(cotangent, input: site.inputs[0].shape, gate: nil)]
  }

  private func forward(_ input: Tensor, rectifier: Rectifier?) throws(GeometryError) -> Tensor {
    guard role == .dense else { return try convolution(input, through: rectifier) }
    let output = try convolution(input.reshaped(to: rows(of: input.shape)), through: rectifier)
    return output.reshaped(to: input.shape.with(channels: output.shape.channels))
  }

  private func pullback(
    _ cotangent: Tensor, input: Shape, gate: Gate?
  ) throws(GeometryError) -> Tensor {
    guard role == .dense else { return try convolution.pullback(cotangent, input: input, through: gate) }
    let rows = rows(of: input)
    let result = try convolution.pullback(
      cotangent.reshaped(to: self.rows(of: cotangent.shape)), input: rows,
      through: gate.map { Gate($0.rectifier, result: $0.result.reshaped(to: rows)) })
    return result.reshaped(to: input)
  }

  /// The tensor as the operation takes it: for a dense layer one row for every position.
  func inRows(_ tensor: Tensor) -> Tensor {
    role == .dense ? tensor.reshaped(to: rows(of: tensor.shape)) : tensor
  }

  /// A dense layer treats every position of every item alike, so all of them become the items of one batch.
  private func rows(of shape: Shape) -> Shape {
    [shape.extents.dropLast().reduce(1, *), shape.channels]
  }
}

extension ConvolutionLayer: FusingLayer {
  /// The rectified convolution of the input.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func forward(_ inputs: [Tensor], through rectifier: Rectifier) throws(GeometryError) -> Tensor {
    try forward(inputs[0], rectifier: rectifier)
  }

  /// The cotangent of the input where the rectifier that gave it was open.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func pullback(
    _ cotangent: Tensor, at site: Site, through rectifier: Rectifier
  ) throws(GeometryError) -> Tensor {
    try pullback(cotangent, input: site.inputs[0].shape, gate: Gate(rectifier, result: site.inputs[0]))
  }
}
