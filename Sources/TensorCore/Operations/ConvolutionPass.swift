import CKernels

/// One direction of a convolution, fitted to the extents of one input: how a batch is divided into kernel calls.
///
/// Without spatial axes every item is a single position. Then runs of items take the place of a row, so that a dense layer of many
/// items reads its weights once per run and one of a single item divides them over threads.
struct ConvolutionPass {
  /// What is done to the sums before they are written.
  struct Epilogue {
    var bias: Tensor?
    var scaling: (scale: Tensor, offset: Tensor)?
    var rectifier: Rectifier?
    var gate: Gate?
  }

  let packed: PackedWeights
  let direction: PackedWeights.Direction
  /// The fitted window seen from the destination, or `nil` for a dense layer.
  let window: KernelWindow?
  let epilogue: Epilogue
  /// The multiplications that the whole batch takes.
  let operations: Int
  /// Whether Winograd's transforms may be used.
  let mayTransform: Bool
  /// Whether tiles with neighbouring equal patches are computed without the transforms.
  var keepsTwins = false

  /// The kernel that computes it.
  private var kernel: PackedWeights.Kernel {
    packed.kernel(direction, over: window, mayTransform: mayTransform)
  }

  /// The weights for tiles that the transforms leave out.
  private var weightsForTwins: Tensor? {
    kernel == .winograd && keepsTwins ? packed(direction, for: .panels) : nil
  }

  /// Positions along an axis that are computed together.
  var tileExtent: Int { kernel == .winograd ? 4 : 1 }

  /// The least positions along the innermost axis for which the kernels take all taps, and round as they do for any more.
  static let leastRun = 3

  /// The computation of one item, or of a part of it that a window of its own stands for, on the calling thread.
  func onItem() -> FittedStage.Kernel {
    let (kernel, weights, direct) = (kernel, packed(direction, for: kernel), weightsForTwins)
    let panels = packed.panels(direction, for: kernel)
    return { window, source, target in
      let rows = packed.rows(direction, for: kernel, over: window)
      let part = WorkSplit.Part(item: 0, rows: 0..<rows, lanes: 0..<panels)
      withExtendedLifetime((weights, direct, epilogue, window)) {
        let operands = Operands(
          source: source, weights: weights.start, direct: direct?.start,
          channels: packed.channels(direction), epilogue: kernelEpilogue)
        compute(kernel, part, window, operands, into: target, gateOffset: 0)
      }
    }
  }

  /// Computes a tensor of a given shape from a source.
  func callAsFunction(_ source: Tensor, into shape: Shape) -> Tensor {
    let run = window == nil ? min(shape.batch, KernelWindow.longestRun) : 1
    let kernel = kernel
    let rows = packed.rows(direction, for: kernel, over: window)
    let weights = packed(direction, for: kernel)
    let direct = weightsForTwins
    let split = WorkSplit(
      items: window == nil ? (shape.batch + run - 1) / max(run, 1) : shape.batch, rows: rows,
      lanes: packed.panels(direction, for: kernel), operations: operations)
    let (sourceItem, targetItem) = (source.shape.itemCount, shape.itemCount)
    return Tensor(shape) { destination in
      let target = SharedMemory(destination)
      // Once for all parts, which may be small and many.
      withExtendedLifetime((source, weights, direct, epilogue, window)) {
        let operands = Operands(
          source: source.start, weights: weights.start, direct: direct?.start,
          channels: packed.channels(direction), epilogue: kernelEpilogue)
        Threads.forEach(split.tasks, onAtMost: split.threads) { task in
          let part = split[task]
          let first = part.item * run
          let window = self.window ?? KernelWindow.identities[min(run, shape.batch - first)]
          var operands = operands
          operands.source += first * sourceItem
          compute(
            kernel, part, window, operands, into: target.start + first * targetItem,
            gateOffset: first * targetItem)
        }
      }
    }
  }

  /// What the parts of a computation read; safe to send because they only read it.
  private struct Operands: @unchecked Sendable {
    var source: UnsafePointer<Float>
    let weights: UnsafePointer<Float>
    let direct: UnsafePointer<Float>?
    let channels: ck_channels
    let epilogue: ck_epilogue
  }

  /// The epilogue in the form that the kernels read.
  private var kernelEpilogue: ck_epilogue {
    ck_epilogue(
      bias: epilogue.bias?.start, scale: epilogue.scaling?.scale.start,
      offset: epilogue.scaling?.offset.start, gate: epilogue.gate?.result.start,
      gate_ceiling: epilogue.gate?.rectifier.ceiling ?? .infinity,
      ceiling: epilogue.rectifier?.ceiling ?? .infinity, rectifies: epilogue.rectifier == nil ? 0 : 1)
  }

  private func compute(
    _ kernel: PackedWeights.Kernel, _ part: WorkSplit.Part, _ window: KernelWindow, _ operands: Operands,
    into target: UnsafeMutablePointer<Float>, gateOffset: Int
  ) {
    var channels = operands.channels
    var window = window.window
    var epilogue = operands.epilogue
    epilogue.gate = epilogue.gate.map { $0 + gateOffset }
    let (source, weights) = (operands.source, operands.weights)
    let isa = self.packed.instructions.kernels
    let (firstRow, lastRow) = (Int64(part.rows.lowerBound), Int64(part.rows.upperBound))
    var part = ck_part(
      first_row: firstRow, last_row: lastRow, first_panel: Int64(part.lanes.lowerBound),
      last_panel: Int64(part.lanes.upperBound))
    switch kernel {
    case .depthwise:
      ck_convolve_depthwise(
        isa, &window, channels.source, source, weights, &epilogue, target, firstRow, lastRow)
    case .narrow:
      ck_convolve_narrow(
        isa, &window, channels.source, channels.destination, source, weights, &epilogue, target, firstRow,
        lastRow)
    case .tiles:
      _ = Tensor([Int(ck_tile_scratch(&window, &channels))]) { scratch in
        ck_convolve_tiles(
          isa, &window, &channels, &part, source, weights, &epilogue, target, SharedMemory(scratch).start)
      }
    case .winograd:
      _ = Tensor([Int(ck_winograd_scratch(isa, &window, &channels))]) { scratch in
        ck_convolve_winograd(
          isa, &window, &channels, &part, source, weights, operands.direct, &epilogue, target,
          SharedMemory(scratch).start)
      }
    case .panels:
      ck_convolve(isa, &window, &channels, &part, source, weights, &epilogue, target)
    }
  }
}
