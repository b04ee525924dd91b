extension Tensor {
  /// The sum of all elements, accumulated in 64 bits.
  public var sum: Double { withValues { $0.reduce(0.0) { $0 + Double($1) } } }

  /// The smallest element, or zero of an empty tensor.
  public var minimum: Float { withValues { $0.min() ?? 0 } }

  /// The largest element, or zero of an empty tensor.
  public var maximum: Float { withValues { $0.max() ?? 0 } }

  /// The flat index of the largest element: the first of equal ones.
  public var indexOfMaximum: Int {
    withValues { values in
      values.indices.dropFirst().reduce(0) { values[$1] > values[$0] ? $1 : $0 }
    }
  }

  /// The flat index of the first element that is not a finite number.
  public var indexOfFirstNonFinite: Int? { withValues { $0.firstIndex { !$0.isFinite } } }

  /// The mean over all positions, accumulated in 64 bits: `[batch, spatial..., channels]` becomes `[batch, channels]`.
  public func meanOverPositions() -> Tensor {
    let channels = shape.channels
    let positions = shape.positions
    return Tensor([shape.batch, channels]) { target in
      withValues { values in
        for item in 0..<shape.batch {
          var sums = [Double](repeating: 0, count: channels)
          var next = item * positions * channels
          for _ in 0..<positions {
            for channel in 0..<channels {
              sums[channel] += Double(values[next])
              next += 1
            }
          }
          for channel in 0..<channels {
            target.initializeElement(
              at: item * channels + channel, to: positions > 0 ? Float(sums[channel] / Double(positions)) : 0)
          }
        }
      }
    }
  }

  /// The reduction of the last axis to one channel.
  public func overChannels(_ reduction: ChannelReduction) -> Tensor {
    let channels = shape.channels
    guard reduction != .keep, channels != 1 else { return self }
    return Tensor(shape.with(channels: 1)) { target in
      withValues { values in
        for position in 0..<target.count {
          let run = values[(position * channels)..<((position + 1) * channels)]
          target.initializeElement(at: position, to: reduction(run))
        }
      }
    }
  }
}

/// What is shown of several channels at one position.
public enum ChannelReduction: String, Sendable, CaseIterable {
  /// The signed sum.
  case sum
  /// The signed mean.
  case mean
  /// The largest absolute value.
  case maximumMagnitude = "max-abs"
  /// Every channel for itself.
  case keep

  fileprivate func callAsFunction(_ run: Slice<UnsafeBufferPointer<Float>>) -> Float {
    switch self {
    case .sum: Float(run.reduce(0.0) { $0 + Double($1) })
    case .mean: Float(run.reduce(0.0) { $0 + Double($1) } / Double(run.count))
    case .maximumMagnitude: run.reduce(0) { max($0, abs($1)) }
    case .keep: preconditionFailure("keeping every channel reduces nothing")
    }
  }
}
