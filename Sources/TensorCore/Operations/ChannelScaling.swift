/// A scale and a shift for every channel: what batch normalisation is at inference.
///
///     y[..., c] = x[..., c] * scale[c] + shift[c]
public struct ChannelScaling: Sendable {
  /// One factor per channel.
  public let scale: [Float]
  /// One summand per channel.
  public let shift: [Float]

  /// Creates a scaling from one factor and one summand per channel.
  public init(scale: [Float], shift: [Float]) {
    precondition(
      scale.count == shift.count, "\(scale.count) factors and \(shift.count) summands are not a scaling")
    self.scale = scale
    self.shift = shift
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
    let scale = mean.indices.map {
      Double(gamma?[$0] ?? 1) / (Double(variance[$0]) + epsilon).squareRoot()
    }
    self.init(
      scale: scale.map { Float($0) },
      shift: mean.indices.map { Float(Double(beta?[$0] ?? 0) - Double(mean[$0]) * scale[$0]) })
  }

  /// The scaled and shifted input.
  public func callAsFunction(_ input: Tensor) -> Tensor { apply(to: input, shift: shift) }

  /// The cotangent of the input.
  public func pullback(_ cotangent: Tensor) -> Tensor { apply(to: cotangent, shift: nil) }

  /// The input with its channels scaled alone.
  func withoutShift(of input: Tensor) -> Tensor { apply(to: input, shift: nil) }

  private func apply(to input: Tensor, shift: [Float]?) -> Tensor {
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
            Self.write(input.start + first, times: scale, plus: shift, to: memory.start + first)
          }
        }
      }
    }
  }

  /// Scales, and shifts where that is wanted, the channels of one position.
  private static func write(
    _ source: UnsafePointer<Float>, times scale: [Float], plus shift: [Float]?,
    to target: UnsafeMutablePointer<Float>
  ) {
    scale.withUnsafeBufferPointer { scale in
      guard let shift else {
        for channel in 0..<scale.count {
          (target + channel).initialize(to: source[channel] * scale[channel])
        }
        return
      }
      shift.withUnsafeBufferPointer { shift in
        for channel in 0..<scale.count {
          (target + channel).initialize(to: source[channel] * scale[channel] + shift[channel])
        }
      }
    }
  }
}
