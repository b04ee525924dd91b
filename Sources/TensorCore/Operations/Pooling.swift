import CKernels

/// The largest or the mean value of every window, per channel.
///
/// Cells in the padding take no part: a maximum never sees them, a mean does not count them.
public struct Pooling: Sendable, Hashable {
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
  }

  /// The shape of the output for an input of shape `[batch, spatial..., channels]`.
  ///
  /// - Throws: `GeometryError` when the window does not fit.
  public func outputShape(for input: Shape) throws(GeometryError) -> Shape {
    Shape(
      batch: input.batch, spatial: try window.resolved(over: input.spatial).output, channels: input.channels)
  }

  /// The pooled input.
  ///
  /// - Parameter input: `[batch, spatial..., channels]`.
  /// - Returns: `[batch, output spatial..., channels]`.
  /// - Throws: `GeometryError` when the window does not fit.
  public func callAsFunction(_ input: Tensor) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: input.shape)
    let fitted = try window.resolved(over: input.shape.spatial)
    let kernelWindow = KernelWindow(fitted.fromOutput())
    let split = WorkSplit(items: shape.batch, rows: kernelWindow.rows, operations: shape.count * fitted.taps)
    let isa = instructions.kernels
    let channels = Int64(shape.channels)
    return Tensor(shape) { destination in
      let target = SharedMemory(destination)
      Threads.forEach(split.tasks, onAtMost: split.threads) { task in
        let part = split[task]
        var window = kernelWindow.window
        let source = input.start + part.item * input.shape.itemCount
        let result = target.start + part.item * shape.itemCount
        let (first, last) = (Int64(part.rows.lowerBound), Int64(part.rows.upperBound))
        switch kind {
        case .maximum: ck_max_pool(isa, &window, channels, source, result, first, last)
        case .average: ck_average_pool(isa, &window, channels, source, result, first, last)
        }
      }
    }
  }

  /// The cotangent of the input.
  ///
  /// - Parameters:
  ///   - cotangent: The cotangent of the output.
  ///   - input: The input, whose values decide which cell of a window won.
  /// - Returns: A tensor of the input's shape.
  /// - Throws: `GeometryError` when the window does not fit.
  public func pullback(_ cotangent: Tensor, at input: Tensor) throws(GeometryError) -> Tensor {
    let output = try outputShape(for: input.shape)
    precondition(cotangent.shape == output, "the cotangent of \(output) cannot have shape \(cotangent.shape)")
    let fitted = try window.resolved(over: input.shape.spatial)
    let kernelWindow = KernelWindow(fitted.fromOutput())
    let channels = Int64(output.channels)
    // Windows may overlap, so that threads divide the channels: runs of a cache line, lest they write to the same one.
    let split = WorkSplit(
      items: output.batch, rows: 1, lanes: (output.channels + Self.run - 1) / Self.run,
      operations: output.count * fitted.taps)
    let isa = instructions.kernels
    return Tensor(input.shape) { destination in
      destination.initialize(repeating: 0)
      let target = SharedMemory(destination)
      Threads.forEach(split.tasks, onAtMost: split.threads) { task in
        let part = split[task]
        var window = kernelWindow.window
        let upstream = cotangent.start + part.item * output.itemCount
        let values = input.start + part.item * input.shape.itemCount
        let result = target.start + part.item * input.shape.itemCount
        let first = Int64(part.lanes.lowerBound * Self.run)
        let last = min(Int64(part.lanes.upperBound * Self.run), channels)
        switch kind {
        case .maximum: ck_max_pool_pullback(isa, &window, channels, values, upstream, result, first, last)
        case .average: ck_average_pool_pullback(isa, &window, channels, upstream, result, first, last)
        }
      }
    }
  }
}
