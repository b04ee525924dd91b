/// A sum of two tensors with factors per channel.
///
///     y[..., c] = factor[c] * a[..., c] + slope[c] * (b[..., c] - center[c]) + shift[c]
package struct ChannelCombination: Sendable {
  private let factor: [Float]
  private let slope: [Float]
  private let center: [Float]
  private let shift: [Float]

  /// Creates a combination from one number of every kind per channel.
  package init(factor: [Float], slope: [Float], center: [Float], shift: [Float]) {
    precondition(
      [slope.count, center.count, shift.count].allSatisfy { $0 == factor.count },
      "a combination has the same number of channels everywhere, \(factor.count)")
    self.factor = factor
    self.slope = slope
    self.center = center
    self.shift = shift
  }

  /// The combination of two tensors of the same shape.
  package func callAsFunction(_ a: Tensor, _ b: Tensor) -> Tensor {
    let channels = factor.count
    precondition(
      a.shape == b.shape && a.shape.channels == channels,
      "\(a.shape) and \(b.shape) do not have \(channels) channels")
    return Tensor(a.shape) { target in
      let memory = SharedMemory(target)
      let positions = target.count / max(channels, 1)
      let run = max(Tensor.elementwiseRun / max(channels, 1), 1)
      Threads.forEach((positions + run - 1) / run) { task in
        withExtendedLifetime((a, b)) {
          let range = (task * run)..<min((task + 1) * run, positions)
          for first in range.lazy.map({ $0 * channels }) {
            write(a.start + first, b.start + first, to: memory.start + first)
          }
        }
      }
    }
  }

  private func write(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) {
    factor.withUnsafeBufferPointer { factor in
      slope.withUnsafeBufferPointer { slope in
        center.withUnsafeBufferPointer { center in
          shift.withUnsafeBufferPointer { shift in
            for channel in 0..<factor.count {
              let distance = b[channel] - center[channel]
              (target + channel).initialize(
                to: factor[channel] * a[channel] + (slope[channel] * distance + shift[channel]))
            }
          }
        }
      }
    }
  }
}
