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
  public func callAsFunction(_ input: Tensor) -> Tensor { apply(to: input) { $0 * scale[$1] + shift[$1] } }

  /// The cotangent of the input.
  public func pullback(_ cotangent: Tensor) -> Tensor { apply(to: cotangent) { $0 * scale[$1] } }

  private func apply(to input: Tensor, _ function: (Float, Int) -> Float) -> Tensor {
    let channels = scale.count
    precondition(input.shape.channels == channels, "\(input.shape) does not have \(channels) channels")
    return Tensor(input.shape) { target in
      input.withValues { source in
        for start in stride(from: 0, to: source.count, by: max(channels, 1)) {
          for channel in 0..<channels {
            target.initializeElement(at: start + channel, to: function(source[start + channel], channel))
          }
        }
      }
    }
  }
}
