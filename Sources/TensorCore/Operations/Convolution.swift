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
  /// What the output channels go through behind the bias, or nothing.
  public let scaling: ChannelScaling?
  let packed: PackedWeights
  /// What the kernels do to the sums of the forward direction.
  private let epilogue: ConvolutionPass.Epilogue
  /// The directions that Winograd's transforms may compute; the others are summed product by product.
  ///
  /// Transforms round differently at every position of a tile. So equal patches of the input, the rule in an even background, no longer
  /// give equal outputs, and a maximum that has to choose between them on the way back no longer finds the first. The way back
  /// itself decides nothing.
  private(set) var winograd: [PackedWeights.Direction] = [.pullback]
  /// Whether neighbouring equal patches give equal outputs also where Winograd's transforms may compute the forward direction: tiles that
  /// may have such patches are summed product by product.
  private var keepsTwins = false
  private let fitting: WindowFitting

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
    scaling = nil
    epilogue = .init(bias: bias)
    packed = PackedWeights(weights, groups: groups, for: instructions)
    fitting = WindowFitting(window)
  }

  /// The number of channels that the input must have.
  public var inputChannels: Int { weights.shape[weights.shape.rank - 2] * groups }

  /// The number of channels of the output.
  public var outputChannels: Int { weights.shape[weights.shape.rank - 1] }

  /// The shape of the output for an input of shape `[batch, spatial..., channels]`.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func outputShape(for input: Shape) throws(GeometryError) -> Shape {
    let fitted = try fit(input).resolved
    return Shape(batch: input.batch, spatial: fitted.output, channels: outputChannels)
  }

  /// The convolution of an input.
  ///
  /// - Parameters:
  ///   - input: `[batch, spatial..., input channels]`.
  ///   - rectifier: What the result goes through before it is written, or nothing.
  /// - Returns: `[batch, output spatial..., output channels]`.
  /// - Throws: `GeometryError` when the input does not fit.
  public func callAsFunction(
    _ input: Tensor, through rectifier: Rectifier? = nil
  ) throws(GeometryError) -> Tensor {
    try forwardPass(for: input.shape, through: rectifier)(input, into: outputShape(for: input.shape))
  }

  /// The forward direction, fitted to inputs of a shape.
  func forwardPass(for input: Shape, through rectifier: Rectifier?) throws(GeometryError) -> ConvolutionPass {
    var epilogue = epilogue
    epilogue.rectifier = rectifier
    return ConvolutionPass(
      packed: packed, direction: .forward, window: isDense ? nil : try fit(input).fromOutput,
      epilogue: epilogue, operations: operations(try outputShape(for: input)),
      mayTransform: winograd.contains(.forward), keepsTwins: keepsTwins)
  }

  /// The cotangent of the input: the transposed map applied to the cotangent of the output.
  ///
  /// - Parameters:
  ///   - cotangent: `[batch, output spatial..., output channels]`.
  ///   - input: The shape of the input, `[batch, spatial..., input channels]`.
  ///   - gate: A rectifier that gave the input: what it stopped is left out.
  /// - Returns: A tensor of shape `input`.
  /// - Throws: `GeometryError` when the input does not fit.
  public func pullback(
    _ cotangent: Tensor, input: Shape, through gate: Gate? = nil
  ) throws(GeometryError) -> Tensor {
    let fitted = try fit(input)
    let output = Shape(batch: input.batch, spatial: fitted.resolved.output, channels: outputChannels)
    precondition(cotangent.shape == output, "the cotangent of \(output) cannot have shape \(cotangent.shape)")
    precondition(gate.map { $0.result.shape == input } ?? true, "a gate has the shape of the input, \(input)")
    return ConvolutionPass(
      packed: packed, direction: .pullback, window: isDense ? nil : fitted.fromInput,
      epilogue: .init(gate: gate), operations: operations(output),
      mayTransform: winograd.contains(.pullback)
    )(cotangent, into: input)
  }

  var isDense: Bool { window.spatialRank == 0 }

  /// The multiplications that give an output of a shape.
  func operations(_ output: Shape) -> Int {
    output.count * weights.count / max(outputChannels, 1)
  }

  func fit(_ input: Shape) throws(GeometryError) -> FittedWindow {
    guard input.rank >= 2 else { throw .rankMismatch(window: window.spatialRank, input: 0) }
    let fitted = try fitting(over: input.extents[1..<(input.rank - 1)])
    guard input.channels == inputChannels else {
      throw .channelMismatch(expected: inputChannels, found: input.channels)
    }
    return fitted
  }
}

extension Convolution {
  /// The same convolution where equal patches of the input need not give equal outputs to the last bit: Winograd's transforms may
  /// compute it.
  package var roundedFreely: Convolution { transforming([.forward, .pullback]) }

  /// The same convolution where Winograd's transforms may compute what has no equal patches: those that are neighbours along the two
  /// innermost axes give equal outputs to the last bit.
  ///
  /// Patches that repeat at a greater distance alone need not, unless it is a multiple of four.
  package var roundedEvenly: Convolution {
    var result = transforming([.forward, .pullback])
    result.keepsTwins = true
    return result
  }

  /// The same convolution without Winograd's transforms, whose errors are a few times as large.
  package var roundedLeast: Convolution { transforming([]) }

  /// The same convolution, with the directions that Winograd's transforms may compute.
  func transforming(_ directions: [PackedWeights.Direction]) -> Convolution {
    var result = self
    result.winograd = directions
    result.keepsTwins = false
    return result
  }

  /// The convolution that gives what this one gives after a scaling of its output channels, with other weights.
  ///
  /// A batch normalisation behind a convolution is such a scaling: `weights * scale` and, in 64 bits, `(bias - center) * scale + offset`.
  /// The new weights are rounded, so the function is the same to Float32 accuracy only; `scaled(by:)` rounds less.
  public func followed(by scaling: ChannelScaling) -> Convolution {
    check(scaling)
    let bias = bias?.values ?? [Float](repeating: 0, count: outputChannels)
    let shifted = bias.indices.map {
      (Double(bias[$0]) - Double(scaling.center[$0])) * Double(scaling.scale[$0]) + Double(scaling.offset[$0])
    }
    return replacing(
      weights: scaling.withoutShift(of: weights),
      bias: Tensor([outputChannels], shifted.map { Float($0) }))
  }

  /// The convolution with other weights and another bias of the same shapes.
  ///
  /// - Parameters:
  ///   - weights: `[kernel..., input channels / groups, output channels]`.
  ///   - bias: `[output channels]`, or none.
  /// - Returns: A convolution with the same window and groups.
  public func replacing(weights: Tensor, bias: Tensor?) -> Convolution {
    precondition(
      weights.shape == self.weights.shape && bias.map { $0.shape == [outputChannels] } ?? true,
      "weights of \(weights.shape) cannot take the place of \(self.weights.shape)")
    return Convolution(self, weights: weights, bias: bias, scaling: nil)
  }

  /// The convolution whose sums are scaled before they are written: what this one gives after a scaling of its output channels.
  ///
  /// The weights stay as they are, so nothing is rounded that the two steps would not round.
  public func scaled(by scaling: ChannelScaling) -> Convolution {
    check(scaling)
    return Convolution(self, weights: weights, bias: bias, scaling: scaling)
  }

  private func check(_ scaling: ChannelScaling) {
    precondition(
      scaling.scale.count == outputChannels && self.scaling == nil,
      "a scaling of \(scaling.scale.count) channels cannot follow \(outputChannels), and no second one")
  }

  private init(_ other: Convolution, weights: Tensor, bias: Tensor?, scaling: ChannelScaling?) {
    self.weights = weights
    self.bias = bias
    self.scaling = scaling
    window = other.window
    groups = other.groups
    winograd = other.winograd
    keepsTwins = other.keepsTwins
    packed = PackedWeights(
      weights, scaling: scaling, groups: groups, for: other.packed.instructions)
    epilogue = .init(bias: bias, before: scaling)
    fitting = other.fitting
  }
}

extension ConvolutionPass.Epilogue {
  /// The epilogue that adds a bias and scales the channels: what the scaling takes off and the bias are one summand.
  fileprivate init(bias: Tensor?, before scaling: ChannelScaling?) {
    guard let scaling else {
      self.init(bias: bias)
      return
    }
    let channels: Shape = [scaling.scale.count]
    let biases = bias?.values ?? [Float](repeating: 0, count: scaling.center.count)
    let summands = zip(biases, scaling.center).map { Float(Double($0) - Double($1)) }
    self.init(
      bias: Tensor(channels, summands),
      scaling: (Tensor(channels, scaling.scale), Tensor(channels, scaling.offset)))
  }
}
