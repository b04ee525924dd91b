import TensorCore

extension Tensor {
  /// The channels of one item, weighted and summed in 64 bits: `[1, spatial..., channels]` becomes `[1, spatial..., 1]`.
  ///
  /// - Parameter weights: One weight per channel.
  /// - Returns: The weighted sum at every position.
  package func weightedSum(by weights: [Double]) -> Tensor {
    let channels = shape.channels
    return Tensor(shape.with(channels: 1)) { target in
      withValues { values in
        for position in 0..<target.count {
          var sum = 0.0
          for channel in 0..<channels {
            sum += weights[channel] * Double(values[position * channels + channel])
          }
          target.initializeElement(at: position, to: Float(sum))
        }
      }
    }
  }

  /// At every position of one item the sum over the channels of a function of this tensor's value and another's, in 64 bits.
  ///
  /// - Parameters:
  ///   - other: A tensor of the same shape, `[1, spatial..., channels]`.
  ///   - term: The function.
  /// - Returns: `[1, spatial..., 1]`.
  func summedOverChannels(with other: Tensor, _ term: (Double, Double) -> Double) -> Tensor {
    let channels = shape.channels
    return Tensor(shape.with(channels: 1)) { target in
      withValues { values in
        other.withValues { others in
          for position in 0..<target.count {
            var sum = 0.0
            for index in (position * channels)..<((position + 1) * channels) {
              sum += term(Double(values[index]), Double(others[index]))
            }
            target.initializeElement(at: position, to: Float(sum))
          }
        }
      }
    }
  }

  /// For every channel of one item the sum over the positions of a function of this tensor's value and another's, in 64 bits.
  ///
  /// - Parameters:
  ///   - other: A tensor of the same shape, `[1, spatial..., channels]`.
  ///   - term: The function of the channel and the two values.
  /// - Returns: One sum per channel.
  func summedOverPositions(with other: Tensor, _ term: (Int, Double, Double) -> Double) -> [Double] {
    let channels = shape.channels
    var sums = [Double](repeating: 0, count: channels)
    withValues { values in
      other.withValues { others in
        for index in values.indices {
          let channel = index % channels
          sums[channel] += term(channel, Double(values[index]), Double(others[index]))
        }
      }
    }
    return sums
  }

  /// One channel of one item: `[1, spatial..., channels]` gives `[1, spatial..., 1]`.
  func channel(_ channel: Int) -> Tensor {
    let channels = shape.channels
    return Tensor(shape.with(channels: 1)) { target in
      withValues { values in
        for position in 0..<target.count {
          target.initializeElement(at: position, to: values[position * channels + channel])
        }
      }
    }
  }
}
