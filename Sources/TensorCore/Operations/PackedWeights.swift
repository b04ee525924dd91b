import CKernels
import Synchronization

/// The weights of a convolution in the order in which the kernels of one instruction set read them.
///
/// Each direction is packed when it is first asked for and kept.
final class PackedWeights: Sendable {
  /// Which way a convolution is applied.
  enum Direction: Sendable {
    /// From the input to the output.
    case forward
    /// From the cotangent of the output to that of the input.
    case pullback
  }

  /// How a direction is computed.
  enum Kernel: Sendable {
    /// Every channel sees only itself.
    case depthwise
    /// Few channels come out: registers hold source channels.
    case narrow
    /// Registers hold destination channels.
    case panels
  }

  let instructions: InstructionSet
  private let weights: Tensor
  private let groups: Int
  private let forward = Mutex<Tensor?>(nil)
  private let pullback = Mutex<Tensor?>(nil)

  init(_ weights: Tensor, groups: Int, for instructions: InstructionSet) {
    self.weights = weights
    self.groups = groups
    self.instructions = instructions
  }

  /// The kernel that computes a direction.
  func kernel(_ direction: Direction) -> Kernel {
    if groups > 1, weights.shape.extents.suffix(2) == [1, groups] { return .depthwise }
    let channels = channels(direction)
    let isNarrow =
      groups == 1 && channels.destination <= CK_NARROWEST && channels.source >= 2 * channels.destination
    return isNarrow ? .narrow : .panels
  }

  /// The packed weights of a direction.
  func callAsFunction(_ direction: Direction) -> Tensor {
    switch direction {
    case .forward: forward.withLock { keep(&$0, direction) }
    case .pullback: pullback.withLock { keep(&$0, direction) }
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
  func panels(_ direction: Direction) -> Int {
    guard kernel(direction) == .panels else { return 1 }
    var channels = channels(direction)
    return Int(ck_panels(instructions.kernels, &channels))
  }

  private func keep(_ kept: inout Tensor?, _ direction: Direction) -> Tensor {
    if let kept { return kept }
    let made = pack(direction)
    kept = made
    return made
  }

  private func pack(_ direction: Direction) -> Tensor {
    let taps = Int64(weights.shape.extents.dropLast(2).reduce(1, *))
    let isa = instructions.kernels
    let isMirrored: Int32 = direction == .pullback ? 1 : 0
    var channels = channels(direction)
    switch kernel(direction) {
    case .depthwise:
      return direction == .forward ? weights : withTapsReversed(Int(taps))
    case .narrow:
      return Tensor([Int(ck_packed_narrow_weights(isa, taps, channels.source, channels.destination))]) {
        target in
        ck_pack_narrow_weights(
          isa, taps, channels.source, channels.destination, isMirrored, weights.start,
          SharedMemory(target).start)
      }
    case .panels:
      return Tensor([Int(ck_packed_weights(isa, taps, &channels))]) { target in
        ck_pack_weights(isa, taps, &channels, isMirrored, weights.start, SharedMemory(target).start)
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
