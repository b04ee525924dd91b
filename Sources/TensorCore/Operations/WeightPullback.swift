import CKernels

extension Convolution {
  /// The cotangents of the weights and of the bias: how a scalar of the output changes with them.
  ///
  ///     weights[t, s, d] = sum over items n, output positions p that tap t reaches of input[n, p * stride + t * dilation - low, s] *
  ///                        cotangent[n, p, d]
  ///     bias[d] = sum over n, p of cotangent[n, p, d]
  ///
  /// Both are sums over the whole batch. They do not depend on the number of threads. The cost is that of one forward pass.
  ///
  /// - Parameters:
  ///   - cotangent: `[batch, output spatial..., output channels]`.
  ///   - input: The input, `[batch, spatial..., input channels]`.
  /// - Returns: A tensor of the shape of the weights, and one of the shape of the bias when there is one.
  /// - Throws: `GeometryError` when the input does not fit.
  public func weightPullback(
    _ cotangent: Tensor, at input: Tensor
  ) throws(GeometryError) -> (weights: Tensor, bias: Tensor?) {
    let output = try outputShape(for: input.shape)
    precondition(cotangent.shape == output, "the cotangent of \(output) cannot have shape \(cotangent.shape)")
    let fitted = try fit(input.shape)
    let pass = WeightPullbackPass(
      packed: packed, window: isDense ? nil : fitted.fromOutput, operations: operations(output))
    return (
      pass(cotangent, at: input, into: weights.shape),
      bias.map { _ in cotangent.channelSums }
    )
  }
}

/// The weights' side of the reverse pass, fitted to the extents of one input: how a batch is divided into kernel calls.
///
/// The rows of the whole batch are cut into blocks whose number follows from the shapes alone. Every block has sums of its own, which
/// are added in 64 bits, in order, at the end. A dense layer takes runs of items as rows.
private struct WeightPullbackPass {
  /// The most blocks, the positions or multiplications that are worth one, and the most numbers that the sums of all blocks take.
  private static let mostBlocks = 16
  private static let positionsOfBlock = 1 << 10
  private static let operationsOfBlock = 1_000_000
  private static let mostSums = 1 << 22

  let packed: PackedWeights
  /// The fitted window seen from the output, or `nil` for a dense layer.
  let window: KernelWindow?
  /// The multiplications that the whole batch takes.
  let operations: Int

  func callAsFunction(_ cotangent: Tensor, at input: Tensor, into shape: Shape) -> Tensor {
    let batch = input.shape.batch
    let run = window == nil ? KernelWindow.longestRun : 1
    let rows = window?.rows ?? 1
    let units = (batch + run - 1) / run * rows
    let positions = cotangent.count / max(cotangent.shape.channels, 1)
    let wanted = max(positions / Self.positionsOfBlock, operations / Self.operationsOfBlock)
    let blocks = max(1, min(Self.mostBlocks, wanted, units, Self.mostSums / max(shape.count, 1)))
    let split = WorkSplit(
      items: blocks, rows: 1, lanes: packed.panels(.forward, for: kernel), operations: operations)
    var sums = Tensor(Shape([blocks] + shape.extents))
    sums.withMutableValues { values in
      let target = SharedMemory(values)
      Threads.forEach(split.tasks, onAtMost: split.threads) { task in
        let part = split[task]
        let last = (part.item + 1) * units / blocks
        var unit = part.item * units / blocks
        while unit < last {
          let (index, row) = unit.quotientAndRemainder(dividingBy: rows)
          let count = min(rows - row, last - unit)
          let window = self.window ?? KernelWindow.identities[min(run, batch - index * run)]
          withExtendedLifetime((input, cotangent, window)) {
            add(
              row..<(row + count), part.lanes, window, input.start + index * run * input.shape.itemCount,
              cotangent.start + index * run * cotangent.shape.itemCount,
              target.start + part.item * shape.count)
          }
          unit += count
        }
      }
    }
    guard blocks > 1 else { return sums.reshaped(to: shape) }
    return Tensor(adding: (0..<blocks).map { sums.item($0) }).reshaped(to: shape)
  }

  private var kernel: PackedWeights.Kernel { packed.isDepthwise ? .depthwise : .panels }

  private func add(
    _ rows: Range<Int>, _ lanes: Range<Int>, _ window: KernelWindow, _ input: UnsafePointer<Float>,
    _ cotangent: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Float>
  ) {
    var channels = packed.channels(.forward)
    var window = window.window
    let isa = packed.instructions.kernels
    var part = ck_part(
      first_row: Int64(rows.lowerBound), last_row: Int64(rows.upperBound),
      first_panel: Int64(lanes.lowerBound), last_panel: Int64(lanes.upperBound))
    if packed.isDepthwise {
      ck_pull_back_depthwise_weights(
        isa, &window, channels.source, input, cotangent, sums, part.first_row, part.last_row)
    } else {
      ck_pull_back_weights(isa, &window, &channels, &part, input, cotangent, sums)
    }
  }
}

extension Tensor {
  /// The sum of every channel over all items and positions, in 64 bits.
  fileprivate var channelSums: Tensor {
    Tensor([shape.channels], ChannelSums.values(self).map { Float($0) })
  }
}

extension TransposedConvolution {
  /// The cotangents of the weights and of the bias: how a scalar of the output changes with them.
  ///
  /// They are those of the convolution that leads back, with input and cotangent in each other's place.
  ///
  /// - Parameters:
  ///   - cotangent: `[batch, output spatial..., output channels]`.
  ///   - input: The input, `[batch, spatial..., input channels]`.
  /// - Returns: A tensor of the shape of the weights, and one of the shape of the bias when there is one.
  /// - Throws: `GeometryError` when the input does not fit.
  public func weightPullback(
    _ cotangent: Tensor, at input: Tensor
  ) throws(GeometryError) -> (weights: Tensor, bias: Tensor?) {
    (try convolution.weightPullback(input, at: cotangent).weights, bias.map { _ in cotangent.channelSums })
  }
}
