import CKernels

/// The largest or the mean value of every window, per channel.
///
/// Cells in the padding take no part: a maximum never sees them, a mean does not count them.
public struct Pooling: Sendable {
  /// What is taken of a window.
  public enum Kind: String, Sendable, CaseIterable {
    /// The largest value; among equal ones the first in row-major order.
    case maximum
    /// The mean of the cells inside the input.
    case average
  }

  /// What is taken of a window.
  public let kind: Kind
  /// The windows.
  public let window: Window
  private let instructions: InstructionSet
  private let fitting: WindowFitting

  /// The channels that a thread takes at once: a cache line.
  private static let run = 16

  /// Creates a pooling.
  ///
  /// - Parameters:
  ///   - kind: What is taken of a window.
  ///   - window: The windows.
  ///   - instructions: The instruction set to compute with, one of `InstructionSet.available`.
  public init(_ kind: Kind, over window: Window, instructions: InstructionSet = .selected) {
    self.kind = kind
    self.window = window
    self.instructions = instructions
    fitting = WindowFitting(window)
  }

  /// The shape of the output for an input of shape `[batch, spatial..., channels]`.
  ///
  /// - Throws: `GeometryError` when the window does not fit.
  public func outputShape(for input: Shape) throws(GeometryError) -> Shape {
    let fitted = try fit(input).resolved
    return Shape(batch: input.batch, spatial: fitted.output, channels: input.channels)
  }

  /// The pooled input.
  ///
  /// - Parameter input: `[batch, spatial..., channels]`.
  /// - Returns: `[batch, output spatial..., channels]`.
  /// - Throws: `GeometryError` when the window does not fit.
  public func callAsFunction(_ input: Tensor) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: input.shape)
    let fitted = try fit(input.shape)
    let kernelWindow = fitted.fromOutput
    let split = WorkSplit(
      items: shape.batch, rows: kernelWindow.rows, operations: shape.count * fitted.resolved.taps)
    return Tensor(shape) { destination in
      let target = SharedMemory(destination)
      Threads.forEach(split.tasks, onAtMost: split.threads) { task in
        let part = split[task]
        compute(
          part.rows, kernelWindow, channels: shape.channels,
          input.start + part.item * input.shape.itemCount, target.start + part.item * shape.itemCount)
      }
    }
  }

  /// Rows of one item's output.
  private func compute(
    _ rows: Range<Int>, _ window: KernelWindow, channels: Int, _ source: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>
  ) {
    let (isa, channels) = (instructions.kernels, Int64(channels))
    let (first, last) = (Int64(rows.lowerBound), Int64(rows.upperBound))
    var axes = window.window
    withExtendedLifetime(window) {
      switch kind {
      case .maximum: ck_max_pool(isa, &axes, channels, source, target, first, last)
      case .average: ck_average_pool(isa, &axes, channels, source, target, first, last)
      }
    }
  }

  /// The computation of one item, or of a part of it that a window of its own stands for, on the calling thread.
  func onItem(channels: Int) -> FittedStage.Kernel {
    { window, source, target in compute(0..<window.rows, window, channels: channels, source, target) }
  }

  func fit(_ input: Shape) throws(GeometryError) -> FittedWindow { try fitting(over: input.spatial) }

  /// The cotangent of the input.
  ///
  /// - Parameters:
  ///   - cotangent: The cotangent of the output.
  ///   - input: The input, whose values decide which cell of a window won.
  ///   - rectifier: A rectifier that gave the input: what it stopped is left out.
  /// - Returns: A tensor of the input's shape.
  /// - Throws: `GeometryError` when the window does not fit.
  public func pullback(
    _ cotangent: Tensor, at input: Tensor, through rectifier: Rectifier? = nil
  ) throws(GeometryError) -> Tensor {
    let output = try outputShape(for: input.shape)
    precondition(cotangent.shape == output, "the cotangent of \(output) cannot have shape \(cotangent.shape)")
    let fitted = try fit(input.shape)
    let (kernelWindow, isExclusive) = (fitted.fromOutput, fitted.isExclusive)
    // Windows that overlap are divided by channels: runs of a cache line, lest threads write to the same one.
    let split = WorkSplit(
      items: output.batch, rows: isExclusive ? kernelWindow.rows : 1,
      lanes: (output.channels + Self.run - 1) / Self.run, operations: output.count * fitted.resolved.taps)
    let isa = instructions.kernels
    let channels = Int64(output.channels)
    return Tensor(input.shape) { destination in
      if !fitted.isTiling { destination.initialize(repeating: 0) }
      let target = SharedMemory(destination)
      Threads.forEach(split.tasks, onAtMost: split.threads) { task in
        let part = split[task]
        var window = kernelWindow.window
        let items = (input: part.item * input.shape.itemCount, output: part.item * output.itemCount)
        var pullback = ck_pool_pullback(
          source: input.start + items.input, cotangent: cotangent.start + items.output,
          result: target.start + items.input, exclusive: isExclusive ? 1 : 0,
          gated: rectifier == nil ? 0 : 1, gate_ceiling: rectifier?.ceiling ?? .infinity,
          first_row: Int64(part.rows.lowerBound),
          last_row: Int64(isExclusive ? part.rows.upperBound : kernelWindow.rows),
          first_channel: Int64(part.lanes.lowerBound * Self.run),
          last_channel: min(Int64(part.lanes.upperBound * Self.run), channels))
        switch kind {
        case .maximum: ck_max_pool_pullback(isa, &window, channels, &pullback)
        case .average: ck_average_pool_pullback(isa, &window, channels, &pullback)
        }
      }
    }
  }
}
