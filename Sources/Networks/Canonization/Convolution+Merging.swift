import TensorCore

extension Convolution {
  /// Whether no window reaches beyond the border of an input.
  func addsNothing(around input: Shape) -> Bool {
    guard window.spatialRank > 0 else { return true }
    guard let margins = try? window.resolved(over: input.spatial).margins else { return false }
    return margins.allSatisfy { $0.low <= 0 && $0.high <= 0 }
  }

  /// The convolution that gives what this one gives of a scaled input, where all taps lie inside the input.
  ///
  ///     weights'[t, s, d] = weights[t, s, d] * scale[s]     bias'[d] = bias[d] + sum over t, s of weights[t, s, d] * shift[s]
  ///
  /// - Parameter scaling: The scaling of the input's channels; of a flattened input, channel by channel again and again.
  /// - Returns: A convolution with the same window.
  func preceded(by scaling: ChannelScaling) -> Convolution {
    let (channels, outputs) = (inputChannels / groups, outputChannels)
    var weights = weights.values
    var sums = bias?.values.map { Double($0) } ?? [Double](repeating: 0, count: outputs)
    for index in weights.indices {
      let output = index % outputs
      let input = output / (outputs / groups) * channels + index / outputs % channels
      let channel = input % scaling.scale.count
      sums[output] += Double(weights[index]) * Double(scaling.shift[channel])
      weights[index] *= scaling.scale[channel]
    }
    return replacing(
      weights: Tensor(self.weights.shape, weights), bias: Tensor([outputs], sums.map { Float($0) }))
  }
}

extension TransposedConvolution {
  /// The transposed convolution that gives what this one gives after a scaling of its output channels.
  func followed(by scaling: ChannelScaling) -> TransposedConvolution {
    let (outputs, inputs) = (convolution.inputChannels, convolution.outputChannels)
    var weights = convolution.weights.values
    for index in weights.indices { weights[index] *= scaling.scale[index / inputs % outputs] }
    let bias = bias?.values ?? [Float](repeating: 0, count: outputs)
    let shifted = bias.indices.map {
      Float(Double(bias[$0]) * Double(scaling.scale[$0]) + Double(scaling.shift[$0]))
    }
    return replacing(
      weights: Tensor(convolution.weights.shape, weights), bias: Tensor([outputs], shifted))
  }
}
