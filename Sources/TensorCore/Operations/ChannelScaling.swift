/// A scale and a shift for every channel: what batch normalisation is at inference.
///
///     y[..., c] = (x[..., c] - center[c]) * scale[c] + offset[c]
///
/// The center is taken off first, because what lies far from zero and close to its mean would lose digits otherwise.
public struct ChannelScaling: Sendable {
  /// What is taken from every channel.
  public let center: [Float]
  /// One factor per channel.
  public let scale: [Float]
  /// What is added to every channel at the end.
  public let offset: [Float]

  /// Creates a scaling from one factor and one summand per channel, around zero.
  public init(scale: [Float], shift: [Float]) {
    precondition(
      scale.count == shift.count, "\(scale.count) factors and \(shift.count) summands are not a scaling")
    center = [Float](repeating: 0, count: scale.count)
    self.scale = scale
    offset = shift
  }

  /// The scaling that batch normalisation applies at inference.
  ///
  ///     y = gamma * (x - mean) / sqrt(variance + epsilon) + beta
  ///
  /// - Parameters:
  ///   - gamma: Factors, or ones.
  ///   - beta: Summands, or zeros.
  ///   - mean: Moving means.
  ///   - variance: Moving variances.
  ///   - epsilon: Added to the variance.
  public init(gamma: [Float]?, beta: [Float]?, mean: [Float], variance: [Float], epsilon: Double) {
    center = mean
    scale = mean.indices.map {
      Float(Double(gamma?[$0] ?? 1) / (Double(variance[$0]) + epsilon).squareRoot())
    }
    offset = beta ?? [Float](repeating: 0, count: mean.count)
  }

  /// What is added to every channel when nothing is taken off before, rounded from 64 bits.
  public var shift: [Float] {
    scale.indices.map { Float(Double(offset[$0]) - Double(center[$0]) * Double(scale[$0])) }
  }

  /// The scaled and shifted input.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    apply(to: input) { source, target in
      center.withUnsafeBufferPointer { center in
        scale.withUnsafeBufferPointer { scale in
          offset.withUnsafeBufferPointer { offset in
            for channel in 0..<scale.count {
              (target + channel).initialize(
                to: (source[channel] - center[channel]) * scale[channel] + offset[channel])
            }
          }
        }
      }
    }
  }

  /// The cotangent of the input.
  public func pullback(_ cotangent: Tensor) -> Tensor { withoutShift(of: cotangent) }

  /// The input with its channels scaled alone.
  func withoutShift(of input: Tensor) -> Tensor {
    apply(to: input) { source, target in
      scale.withUnsafeBufferPointer { scale in
        for channel in 0..<scale.count {
          (target + channel).initialize(to: source[channel] * scale[channel])
        }
      }
    }
  }

  /// Writes the channels of every position by those of the input.
  private func apply(
    to input: Tensor,
    _ write: @Sendable (_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) -> Void
  ) -> Tensor {
    let channels = scale.count
    precondition(input.shape.channels == channels, "\(input.shape) does not have \(channels) channels")
    return Tensor(input.shape) { target in
      let memory = SharedMemory(target)
      let positions = target.count / max(channels, 1)
      let run = max(Tensor.elementwiseRun / max(channels, 1), 1)
      Threads.forEach((positions + run - 1) / run) { task in
        withExtendedLifetime(input) {
          let range = (task * run)..<min((task + 1) * run, positions)
          for first in range.lazy.map({ $0 * channels }) {
            write(input.start + first, memory.start + first)
          }
        }
      }
    }
  }
}
