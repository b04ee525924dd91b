/// The transpose of a convolution: what the convolution's pullback does to a cotangent, and a bias.
///
///     output[n, p * stride + t * dilation - low, d] += input[n, p, s] * weights[t, d, s],  then + bias[d]
///
/// The window is that of the convolution which leads back from the output to the input.
public struct TransposedConvolution: Sendable {
  /// The convolution from the output back to the input, without bias.
  public let convolution: Convolution
  /// `[output channels]`, or none.
  public let bias: Tensor?
  private let outputExtents: @Sendable ([Int]) -> [Int]

  /// Creates a transposed convolution.
  ///
  /// - Parameters:
  ///   - weights: `[kernel..., output channels, input channels]`.
  ///   - bias: `[output channels]`, or none.
  ///   - window: The window that slides over the output.
  ///   - outputExtents: The spatial extents of the output for those of an input: a window with a stride leads from several extents
  ///     to the same one.
  /// - Throws: `GeometryError` when the shapes do not fit each other.
  public init(
    weights: Tensor, bias: Tensor? = nil, window: Window,
    outputExtents: @escaping @Sendable ([Int]) -> [Int]
  ) throws(GeometryError) {
    // Its forward direction is this operation's way back.
    convolution = try Convolution(weights: weights, window: window).transforming([.forward])
    if let bias, bias.shape != [convolution.inputChannels] {
      throw .weightMismatch(name: "bias", expected: [convolution.inputChannels], found: bias.shape)
    }
    self.bias = bias
    self.outputExtents = outputExtents
  }

  private init(
    convolution: Convolution, bias: Tensor?, outputExtents: @escaping @Sendable ([Int]) -> [Int]
  ) {
    self.convolution = convolution
    self.bias = bias
    self.outputExtents = outputExtents
  }

  /// The transposed convolution with other weights and another bias of the same shapes.
  ///
  /// - Parameters:
  ///   - weights: `[kernel..., output channels, input channels]`.
  ///   - bias: `[output channels]`, or none.
  /// - Returns: A transposed convolution with the same window.
  public func replacing(weights: Tensor, bias: Tensor?) -> TransposedConvolution {
    precondition(
      bias.map { $0.shape == [convolution.inputChannels] } ?? true,
      "a bias has one element per output channel, \(convolution.inputChannels)")
    return TransposedConvolution(
      convolution: convolution.replacing(weights: weights, bias: nil), bias: bias,
      outputExtents: outputExtents)
  }

  /// The shape of the output for an input of shape `[batch, spatial..., channels]`.
  ///
  /// - Throws: `GeometryError` when the input does not fit, or the output would lead back to other extents.
  public func outputShape(for input: Shape) throws(GeometryError) -> Shape {
    guard input.spatial.count == convolution.window.spatialRank else {
      throw .rankMismatch(window: convolution.window.spatialRank, input: input.spatial.count)
    }
    guard input.channels == convolution.outputChannels else {
      throw .channelMismatch(expected: convolution.outputChannels, found: input.channels)
    }
    let extents = outputExtents(input.spatial)
    for extent in extents where extent < 0 || extent > Int(Int32.max) {
      throw .parameterOutOfRange(name: "output extent", value: extent, least: 0, most: Int(Int32.max))
    }
    let back = try convolution.window.resolved(over: extents).output
    for axis in back.indices where back[axis] != input.spatial[axis] {
      throw .parameterOutOfRange(
        name: "number of windows over \(extents[axis]) output cells", value: back[axis],
        least: input.spatial[axis], most: input.spatial[axis])
    }
    return Shape(batch: input.batch, spatial: extents, channels: convolution.inputChannels)
  }

  /// The transposed convolution of an input.
  ///
  /// - Parameter input: `[batch, spatial..., input channels]`.
  /// - Returns: `[batch, output spatial..., output channels]`.
  /// - Throws: `GeometryError` when the input does not fit.
  public func callAsFunction(_ input: Tensor) throws(GeometryError) -> Tensor {
    let output = try convolution.pullback(input, input: outputShape(for: input.shape))
    guard let bias else { return output }
    let ones = [Float](repeating: 1, count: bias.count)
    return ChannelScaling(scale: ones, shift: bias.values)(output)
  }

  /// The cotangent of the input: the convolution of the output's cotangent.
  ///
  /// - Parameter cotangent: `[batch, output spatial..., output channels]`.
  /// - Returns: `[batch, spatial..., input channels]`.
  /// - Throws: `GeometryError` when the cotangent does not fit.
  public func pullback(_ cotangent: Tensor) throws(GeometryError) -> Tensor { try convolution(cotangent) }
}
