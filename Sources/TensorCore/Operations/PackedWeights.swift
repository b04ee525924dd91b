import CKernels
import Synchronization

/// The weights of a convolution in the order in which the kernels of one instruction set read them.
///
/// Each packing is made when it is first asked for and kept.
final class PackedWeights: Sendable {
  /// Which way a convolution is applied.
  enum Direction: Hashable, Sendable {
    /// From the input to the output.
    case forward
    /// From the cotangent of the output to that of the input.
    case pullback
  }

  /// How a direction is computed.
  enum Kernel: Hashable, Sendable {
    /// Every channel sees only itself.
    case depthwise
    /// Few channels come out: registers hold source channels.
    case narrow
    /// Tiles hold positions and destination channels.
    case tiles
    /// Tiles of positions are multiplied at a few points of Winograd's transforms, in panels.
    case winograd
    /// Registers hold destination channels.
    case panels
  }

  /// The most weights that are packed faster than a thread is woken.
  private static let mostPackedApart = 1 << 14

  private struct Packing: Hashable {
    var direction: Direction
    var kernel: Kernel
  }

  let instructions: InstructionSet
  private let weights: Tensor
  /// What the output channels are scaled by: forward the kernels do that to the sums, backward it is in the weights.
  private let scaling: ChannelScaling?
  private let groups: Int
  private let kept = Mutex<[Packing: Tensor]>([:])

  init(_ weights: Tensor, scaling: ChannelScaling? = nil, groups: Int, for instructions: InstructionSet) {
    self.weights = weights
    self.scaling = scaling
    self.groups = groups
    self.instructions = instructions
  }

  /// Whether every channel sees only itself.
  var isDepthwise: Bool { groups > 1 && weights.shape.extents.suffix(2) == [1, groups] }

  /// The kernel that computes a direction over a window, `nil` for a dense layer: the one place where that is decided.
  func kernel(
    _ direction: Direction, over window: KernelWindow?, mayTransform: Bool
  ) -> Kernel {
    if isDepthwise { return .depthwise }
    let channels = channels(direction)
    if let window, suitsTiles(channels, window.window.axes.2) { return .tiles }
    if mayTransform, let window, WinogradRule.suits(channels, over: window.window) { return .winograd }
    let isNarrow =
      groups == 1 && channels.destination <= CK_NARROWEST && channels.source >= 2 * channels.destination
    return isNarrow ? .narrow : .panels
  }

  /// Whether tiles can compute a convolution and pay.
  ///
  /// They can where the same taps reach all positions of the innermost axis. They pay when at least two thirds of what they multiply
  /// are numbers and not filling: they have 32 source channels, 16 destination channels and 16 positions, and multiply somewhat less
  /// than twice as many numbers at a time as registers do, splitting included. Dense layers never use them, because the result of an
  /// item must not depend on how many there are. The emulation takes all that tiles can compute, to test it.
  private func suitsTiles(_ channels: ck_channels, _ innermost: ck_axis) -> Bool {
    guard instructions.hasTiles, innermost.phases == 1, innermost.destination > 0 else { return false }
    if instructions == .amxEmulated { return true }
    let useful =
      share(of: channels.source / channels.groups, in: 32)
      * share(of: channels.destination / channels.groups, in: 16) * share(of: innermost.destination, in: 16)
    return useful >= 2.0 / 3
  }

  /// How much of the runs of `size` that cover `count` numbers is filled.
  private func share(of count: Int64, in size: Int64) -> Double {
    Double(count) / Double((count + size - 1) / size * size)
  }

  /// The weights of a direction, packed for a kernel.
  func callAsFunction(_ direction: Direction, for kernel: Kernel) -> Tensor {
    let packing = Packing(direction: direction, kernel: kernel)
    if let made = kept.withLock({ $0[packing] }) { return made }
    // Threads that all want what is packed in no time pack it each for itself, rather than wait for each other.
    let own = weights.count <= Self.mostPackedApart ? pack(direction, for: kernel) : nil
    return kept.withLock { kept in
      if let made = kept[packing] { return made }
      let made = own ?? pack(direction, for: kernel)
      kept[packing] = made
      return made
    }
  }

  /// The channels of a direction, counted over all groups.
  func channels(_ direction: Direction) -> ck_channels {
    let extents = weights.shape.extents
    let inputs = Int64(extents[extents.count - 2] * groups)
    let outputs = Int64(extents[extents.count - 1])
    return switch direction {
    case .forward: ck_channels(source: inputs, destination: outputs, groups: Int64(groups))
    case .pullback: ck_channels(source: outputs, destination: inputs, groups: Int64(groups))
    }
  }

  /// The number of parts of the destination channels that can be computed independently of each other.
  func panels(_ direction: Direction, for kernel: Kernel) -> Int {
    var channels = channels(direction)
    return switch kernel {
    case .depthwise, .narrow: 1
    case .tiles: Int(ck_tile_panels(&channels))
    case .winograd, .panels: Int(ck_panels(instructions.kernels, &channels))
    }
  }

  /// The number of parts of an item's positions that can be computed independently of each other.
  func rows(_ direction: Direction, for kernel: Kernel, over window: KernelWindow?) -> Int {
    guard let window else { return 1 }
    guard kernel == .winograd else { return window.rows }
    var channels = channels(direction)
    var axes = window.window
    return withExtendedLifetime(window) {
      Int(ck_winograd_blocks(instructions.kernels, &axes, &channels))
    }
  }

  private func pack(_ direction: Direction, for kernel: Kernel) -> Tensor {
    let weights = direction == .pullback ? scaling?.withoutShift(of: weights) ?? weights : weights
    let taps = Int64(weights.shape.extents.dropLast(2).reduce(1, *))
    let isa = instructions.kernels
    let isMirrored: Int32 = direction == .pullback ? 1 : 0
    var channels = channels(direction)
    switch kernel {
    case .depthwise:
      return direction == .forward ? weights : withTapsReversed(weights, Int(taps))
    case .narrow:
      return Tensor([Int(ck_packed_narrow_weights(isa, taps, channels.source, channels.destination))]) {
        target in
        ck_pack_narrow_weights(
          isa, taps, channels.source, channels.destination, isMirrored, weights.start,
          SharedMemory(target).start)
      }
    case .tiles:
      return Tensor([Int(ck_packed_tile_weights(taps, &channels))]) { target in
        ck_pack_tile_weights(taps, &channels, isMirrored, weights.start, SharedMemory(target).start)
      }
    case .winograd:
      let (outer, axes) = WinogradRule.taps(weights.shape.extents.dropLast(2))
      return Tensor([Int(ck_packed_winograd_weights(isa, outer, axes, &channels))]) { target in
        ck_pack_winograd_weights(
          isa, outer, axes, &channels, isMirrored, weights.start, SharedMemory(target).start)
      }
    case .panels:
      let split = WorkSplit(
        items: 1, rows: 1, lanes: panels(direction, for: kernel), operations: weights.count)
      return Tensor([Int(ck_packed_weights(isa, taps, &channels))]) { target in
        let memory = SharedMemory(target)
        Threads.forEach(split.tasks, onAtMost: split.threads) { [channels] task in
          var channels = channels
          let part = split[task].lanes
          withExtendedLifetime(weights) {
            ck_pack_weights(
              isa, taps, &channels, isMirrored, Int64(part.lowerBound), Int64(part.upperBound),
              weights.start, memory.start)
          }
        }
      }
    }
  }

  /// Depthwise weights, last tap first.
  private func withTapsReversed(_ weights: Tensor, _ taps: Int) -> Tensor {
    let values = weights.values
    return Tensor(
      weights.shape,
      (0..<taps).reversed().flatMap { tap in values[(tap * groups)..<((tap + 1) * groups)] })
  }
}
