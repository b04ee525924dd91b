extension Tensor {
  /// Some neighbouring channels of every position.
  ///
  /// - Parameter range: The channels, counted along the last axis.
  /// - Returns: A tensor of the same axes with `range.count` channels.
  public func channels(_ range: Range<Int>) -> Tensor {
    let all = shape.channels
    precondition(
      range.lowerBound >= 0 && range.upperBound <= all, "channels \(range) are not among those of \(shape)")
    return Tensor(shape.with(channels: range.count)) { target in
      withValues { source in
        var next = 0
        for start in stride(from: 0, to: source.count, by: max(all, 1)) {
          for channel in range {
            target.initializeElement(at: next, to: source[start + channel])
            next += 1
          }
        }
      }
    }
  }

  /// The channels of every position, divided into neighbouring runs of equal length.
  ///
  /// - Parameter count: The number of runs, which divides the number of channels.
  /// - Returns: One tensor per run.
  public func channelRuns(_ count: Int) -> [Tensor] {
    let length = shape.channels / count
    precondition(length * count == shape.channels, "\(shape) has no \(count) equal runs of channels")
    return (0..<count).map { channels(($0 * length)..<(($0 + 1) * length)) }
  }

  /// The channels of several tensors side by side.
  ///
  /// - Parameter parts: Tensors that differ in the last axis at most.
  public init(joiningChannels parts: [Tensor]) {
    precondition(!parts.isEmpty, "nothing to join")
    let first = parts[0].shape
    for part in parts {
      precondition(
        part.shape.with(channels: 0) == first.with(channels: 0),
        "the channels of \(part.shape) and of \(first) do not lie side by side")
    }
    let all = parts.reduce(0) { $0 + $1.shape.channels }
    self.init(first.with(channels: all)) { target in
      var offset = 0
      for part in parts {
        let length = part.shape.channels
        part.withValues { source in
          for index in 0..<source.count {
            target.initializeElement(at: index / length * all + offset + index % length, to: source[index])
          }
        }
        offset += length
      }
    }
  }
}
