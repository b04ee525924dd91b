/// An operation whose window slides over the positions of its input, so that a part of its output needs a part of its input.
package enum SlidingStage: Sendable {
  /// A convolution over at least one spatial axis, and what its result goes through.
  case convolution(Convolution, through: Rectifier?)
  /// A pooling.
  case pooling(Pooling)

  /// The shape of the output for an input of shape `[batch, spatial..., channels]`.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  package func outputShape(for input: Shape) throws(GeometryError) -> Shape {
    switch self {
    case .convolution(let convolution, _): try convolution.outputShape(for: input)
    case .pooling(let pooling): try pooling.outputShape(for: input)
    }
  }

  /// The stage fitted to an input.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  func fitted(to input: Shape) throws(GeometryError) -> FittedStage {
    let output = try outputShape(for: input).with(batch: 1)
    switch self {
    case .convolution(let convolution, let rectifier):
      let pass = try convolution.forwardPass(for: input, through: rectifier)
      let axes = try convolution.fit(input).resolved.fromOutput()
      return FittedStage(
        axes: axes, output: output, operations: convolution.operations(output),
        step: max(pass.tileExtent, axes.count == 1 ? ConvolutionPass.leastRun : 1), compute: pass.onItem())
    case .pooling(let pooling):
      let resolved = try pooling.fit(input).resolved
      return FittedStage(
        axes: resolved.fromOutput(), output: output, operations: output.count * resolved.taps, step: 1,
        compute: pooling.onItem(channels: input.channels))
    }
  }
}

/// A stage fitted to the extents of one input.
struct FittedStage: Sendable {
  /// Computes an item, or a band of one: its window, where it begins and where the result goes.
  typealias Kernel =
    @Sendable (KernelWindow, _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) -> Void

  /// The axes as an output position sees the input.
  let axes: [Axis]
  /// The shape of the output of one item.
  let output: Shape
  /// The multiplications that one item takes.
  let operations: Int
  /// A run of coordinates that begins at a multiple of this, and is as long or longer, is rounded as all coordinates together are.
  let step: Int
  /// Computes on the calling thread.
  let compute: Kernel
  /// For every coordinate of the output's outermost spatial axis the lowest one of the input that it or a later one reads.
  let lowestSources: [Int]

  init(axes: [Axis], output: Shape, operations: Int, step: Int, compute: @escaping Kernel) {
    self.axes = axes
    self.output = output
    self.operations = operations
    self.step = step
    self.compute = compute
    lowestSources = axes[0].lowestSources
  }
}
