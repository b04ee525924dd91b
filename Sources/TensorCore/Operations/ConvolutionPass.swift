import CKernels

/// One direction of a convolution, fitted to the extents of one input: how a batch is divided into kernel calls.
///
/// Without spatial axes every item is a single position. Then runs of items take the place of a row, so that a dense layer of many
/// items reads its weights once per run and one of a single item divides them over threads.
struct ConvolutionPass {
  /// The longest run of items that a dense layer takes as a row: a multiple of every kernel's block of positions.
  private static let longestRun = 48

  private let direction: PackedWeights.Direction
  private let packed: PackedWeights
  private let bias: Tensor?
  private let axes: [Axis]
  private let operations: Int

  /// Creates a pass.
  ///
  /// - Parameters:
  ///   - direction: From input to output or back.
  ///   - packed: The weights.
  ///   - bias: One summand per destination channel, or none.
  ///   - axes: The axes of the fitted window, seen from the destination.
  ///   - operations: The multiplications that the whole batch takes.
  init(
    _ direction: PackedWeights.Direction, _ packed: PackedWeights, bias: Tensor?, axes: [Axis],
    operations: Int
  ) {
    self.direction = direction
    self.packed = packed
    self.bias = bias
    self.axes = axes
    self.operations = operations
  }

  /// Computes a tensor of a given shape from a source.
  func callAsFunction(_ source: Tensor, into shape: Shape) -> Tensor {
    let isDense = axes.isEmpty
    let run = isDense ? min(shape.batch, Self.longestRun) : 1
    let window = KernelWindow(isDense ? [.identity(over: run)] : axes)
    let kernel = packed.kernel(direction, over: axes)
    let weights = packed(direction, for: kernel)
    let split = WorkSplit(
      items: isDense ? (shape.batch + run - 1) / max(run, 1) : shape.batch, rows: window.rows,
      lanes: packed.panels(direction, for: kernel), operations: operations)
    return Tensor(shape) { destination in
      let target = SharedMemory(destination)
      Threads.forEach(split.tasks, onAtMost: split.threads) { task in
        let part = split[task]
        let first = part.item * run
        var fitted = window.window
        if isDense { fitted.axes.2.destination = Int64(min(run, shape.batch - first)) }
        withExtendedLifetime((source, weights, bias, window)) {
          compute(
            kernel, part, &fitted, source.start + first * source.shape.itemCount, weights.start,
            target.start + first * shape.itemCount)
        }
      }
    }
  }

  private func compute(
    _ kernel: PackedWeights.Kernel, _ part: WorkSplit.Part, _ window: inout ck_window,
    _ source: UnsafePointer<Float>,
    _ weights: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>
  ) {
    var channels = packed.channels(direction)
    let isa = packed.instructions.kernels
    let (firstRow, lastRow) = (Int64(part.rows.lowerBound), Int64(part.rows.upperBound))
    var part = ck_part(
      first_row: firstRow, last_row: lastRow, first_panel: Int64(part.lanes.lowerBound),
      last_panel: Int64(part.lanes.upperBound))
    switch kernel {
    case .depthwise:
      ck_convolve_depthwise(
        isa, &window, channels.source, source, weights, bias?.start, target, firstRow, lastRow)
    case .registers:
      ck_convolve(isa, &window, &channels, &part, source, weights, bias?.start, target)
    case .tiles:
      _ = Tensor([Int(ck_tile_scratch(&window, &channels))]) { scratch in
        ck_convolve_tiles(
          isa, &window, &channels, &part, source, weights, bias?.start, target, SharedMemory(scratch).start)
      }
    }
  }
}
