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

  /// How a pass over a convolution is computed.
  enum Kernel: Hashable, Sendable {
    /// Every channel by itself.
    case depthwise
    /// Blocks of positions and channels in registers.
    case registers
    /// Blocks of positions and channels in tiles.
    case tiles
  }

  private struct Packing: Hashable {
    var direction: Direction
    var kernel: Kernel
  }

  let instructions: InstructionSet
  private let weights: Tensor
  private let groups: Int
  private let made = Mutex<[Packing: Tensor]>([:])

  init(_ weights: Tensor, groups: Int, for instructions: InstructionSet) {
    self.weights = weights
    self.groups = groups
    self.instructions = instructions
  }

  /// The kernel that suits a pass: the one place where that is decided.
  ///
  /// Tiles need an innermost axis whose positions are all reached by the same taps. They pay when at least two thirds of what
  /// they multiply are numbers and not filling: tiles have 32 source channels, 16 destination channels and 16 positions, and take twice as
  /// many numbers at a time as registers do, splitting included. The emulation takes all that the kernel can compute, to test it.
  ///
  /// - Parameters:
  ///   - direction: From input to output or back.
  ///   - axes: The axes seen from the destination; none for a dense layer, whose items must not depend on their number.
  func kernel(_ direction: Direction, over axes: [Axis]) -> Kernel {
    if groups > 1 && weights.shape.extents.suffix(2) == [1, groups] { return .depthwise }
    guard instructions.hasTiles, let innermost = axes.last, innermost.phases == 1, innermost.destination > 0
    else { return .registers }
    let channels = channels(direction)
    let sizes = [
      (Int(channels.source / channels.groups), 32), (Int(channels.destination / channels.groups), 16),
      (innermost.destination, 16),
    ]
    let useful = sizes.reduce(1) { $0 * Double($1.0) / Double(($1.0 + $1.1 - 1) / $1.1 * $1.1) }
    return useful >= 2 / 3 || instructions == .amxEmulated ? .tiles : .registers
  }

  /// The packed weights of a direction.
  func callAsFunction(_ direction: Direction, for kernel: Kernel) -> Tensor {
    let packing = Packing(direction: direction, kernel: kernel)
    return made.withLock { made in
      if let kept = made[packing] { return kept }
      let new = pack(direction, for: kernel)
      made[packing] = new
      return new
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
    case .depthwise: 1
    case .registers: Int(ck_panels(instructions.kernels, &channels))
    case .tiles: Int(ck_tile_panels(&channels))
    }
  }

  private func pack(_ direction: Direction, for kernel: Kernel) -> Tensor {
    let taps = weights.shape.extents.dropLast(2).reduce(1, *)
    let isa = instructions.kernels
    let isMirrored: Int32 = direction == .pullback ? 1 : 0
    var channels = channels(direction)
    switch kernel {
    case .depthwise: return direction == .forward ? weights : withTapsReversed(taps)
    case .registers:
      return Tensor([Int(ck_packed_weights(isa, Int64(taps), &channels))]) { target in
        ck_pack_weights(
          isa, Int64(taps), &channels, isMirrored, weights.start, SharedMemory(target).start)
      }
    case .tiles:
      return Tensor([Int(ck_packed_tile_weights(Int64(taps), &channels))]) { target in
        ck_pack_tile_weights(Int64(taps), &channels, isMirrored, weights.start, SharedMemory(target).start)
      }
    }
  }

  /// Depthwise weights, last tap first.
  private func withTapsReversed(_ taps: Int) -> Tensor {
    let values = weights.values
    return Tensor(
      weights.shape,
      (0..<taps).reversed().flatMap { tap in values[(tap * groups)..<((tap + 1) * groups)] })
  }
}
