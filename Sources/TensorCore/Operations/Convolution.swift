/// A convolution over any number of spatial axes, and with none a dense layer.
///
///     output[n, p, d] = bias[d] + sum over taps t, channels s of d's group of
///                       input[n, p * stride + t * dilation - low, s] * weights[t, s, d]
///
/// (cross-correlation, as every network library means it; cells outside the input are zero). The channels are divided into
/// `groups` equal runs that do not see each other; as many groups as input channels make a depthwise convolution.
public struct Convolution: Sendable {
  /// `[kernel..., input channels / groups, output channels]`.
  public let weights: Tensor
  /// `[output channels]`, or none.
  public let bias: Tensor?
  /// Kernel, stride, dilation and padding.
  public let window: Window
  /// The number of channel groups.
  public let groups: Int
  private let packed: PackedWeights

  /// Creates a convolution.
  ///
  /// - Parameters:
  ///   - weights: `[kernel..., input channels / groups, output channels]`.
  ///   - bias: `[output channels]`, or none.
  ///   - window: The window, with the kernel that the weights have.
  ///   - groups: The number of channel groups.
  ///   - instructions: The instruction set to compute with, one of `InstructionSet.available`.
  /// - Throws: `GeometryError` when shapes and groups do not fit each other.
  public init(
    weights: Tensor, bias: Tensor? = nil, window: Window, groups: Int = 1,
    instructions: InstructionSet = .selected
  ) throws(GeometryError) {
    guard weights.shape.rank >= 2, Array(weights.shape.extents.dropLast(2)) == window.kernel else {
      let channels = Array(weights.shape.extents.suffix(2))
      throw .weightMismatch(name: "kernel", expected: Shape(window.kernel + channels), found: weights.shape)
    }
    let outputs = weights.shape[weights.shape.rank - 1]
    guard groups >= 1, outputs % groups == 0 else { throw .groupMismatch(channels: outputs, groups: groups) }
    if let bias, bias.shape != [outputs] {
      throw .weightMismatch(name: "bias", expected: [outputs], found: bias.shape)
    }
    self.weights = weights
    self.bias = bias
    self.window = window
    self.groups = groups
    self.packed = PackedWeights(weights, groups: groups, for: instructions)
  }

  /// The number of channels that the input must have.
  public var inputChannels: Int { weights.shape[weights.shape.rank - 2] * groups }

  /// The number of channels of the output.
  public var outputChannels: Int { weights.shape[weights.shape.rank - 1] }

  /// The shape of the output for an input of shape `[batch, spatial..., channels]`.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func outputShape(for input: Shape) throws(GeometryError) -> Shape {
    let fitted = try fit(input)
    return Shape(batch: input.batch, spatial: fitted.output, channels: outputChannels)
  }

  /// The convolution of an input.
  ///
  /// - Parameter input: `[batch, spatial..., input channels]`.
  /// - Returns: `[batch, output spatial..., output channels]`.
  /// - Throws: `GeometryError` when the input does not fit.
  public func callAsFunction(_ input: Tensor) throws(GeometryError) -> Tensor {
    let fitted = try fit(input.shape)
    return apply(
      .forward, to: input, over: fitted.fromOutput(),
      into: Shape(batch: input.shape.batch, spatial: fitted.output, channels: outputChannels))
  }

  /// The cotangent of the input: the transposed map applied to the cotangent of the output.
  ///
  /// - Parameters:
  ///   - cotangent: `[batch, output spatial..., output channels]`.
  ///   - input: The shape of the input, `[batch, spatial..., input channels]`.
  /// - Returns: A tensor of shape `input`.
  /// - Throws: `GeometryError` when the input does not fit.
  public func pullback(_ cotangent: Tensor, input: Shape) throws(GeometryError) -> Tensor {
    let fitted = try fit(input)
    let output = Shape(batch: input.batch, spatial: fitted.output, channels: outputChannels)
    precondition(cotangent.shape == output, "the cotangent of \(output) cannot have shape \(cotangent.shape)")
    return apply(.pullback, to: cotangent, over: fitted.fromInput(), into: input)
  }

  private func fit(_ input: Shape) throws(GeometryError) -> ResolvedWindow {
    guard input.rank >= 2 else { throw .rankMismatch(window: window.spatialRank, input: 0) }
    let fitted = try window.resolved(over: input.spatial)
    guard input.channels == inputChannels else {
      throw .channelMismatch(expected: inputChannels, found: input.channels)
    }
    return fitted
  }

  private func apply(
    _ direction: PackedWeights.Direction, to source: Tensor, over axes: [Axis], into shape: Shape
  ) -> Tensor {
    let outputs = direction == .forward ? shape.count : source.count
    return ConvolutionPass(
      direction, packed, bias: direction == .forward ? bias : nil, axes: axes,
      operations: outputs * weights.count / max(outputChannels, 1)
    )(source, into: shape)
  }
}
