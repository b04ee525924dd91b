import Networks
import TensorCore

extension ConvolutionLayer: KerasWritable {
  /// `Dense`; `DepthwiseConv1D` and `2D` where every channel has kernels of its own; else `Conv1D` to `Conv3D`.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    let bias = convolution.bias.map { [WrittenLayer.Weight(name: "bias", values: $0)] } ?? []
    var options: [String: JSONValue] = [
      "activation": .string("linear"), "use_bias": .boolean(convolution.bias != nil),
    ]
    let kernel = WrittenLayer.Weight(name: "kernel", values: convolution.weights)
    guard role == .convolution else {
      options["units"] = .integer(convolution.outputChannels)
      return WrittenLayer("Dense", options, weights: [kernel] + bias)
    }
    let window = convolution.window
    options["kernel_size"] = .integers(window.kernel)
    options["strides"] = .integers(window.stride)
    options["dilation_rate"] = .integers(window.dilation)
    options["padding"] = .string(try window.padding.kerasName)
    options["data_format"] = .string("channels_last")
    if window.padding == .causal, window.spatialRank != 1 {
      throw Unwritable(reason: "causal padding is only for one spatial axis")
    }
    if isDepthwise {
      options["depth_multiplier"] = .integer(convolution.outputChannels / convolution.inputChannels)
      // Channel c has the outputs c * multiplier and following in both, so that the numbers stay in their order.
      let shape = Shape(
        window.kernel + [convolution.inputChannels, convolution.outputChannels / convolution.inputChannels])
      let values = WrittenLayer.Weight(
        name: "depthwise_kernel", values: convolution.weights.reshaped(to: shape))
      return WrittenLayer("DepthwiseConv\(window.spatialRank)D", options, weights: [values] + bias)
    }
    options["filters"] = .integer(convolution.outputChannels)
    // Versions before 2.3 do not know groups.
    if convolution.groups > 1 { options["groups"] = .integer(convolution.groups) }
    return WrittenLayer("Conv\(window.spatialRank)D", options, weights: [kernel] + bias)
  }

  /// Whether `DepthwiseConv1D` or `2D` takes the window: they know no causal padding and one stride for all axes.
  private var isDepthwise: Bool {
    let window = convolution.window
    return convolution.groups > 1 && convolution.groups == convolution.inputChannels && window.spatialRank < 3
      && window.padding != .causal && Set(window.stride).count == 1
  }
}

extension Padding {
  /// What Keras calls it.
  var kerasName: String {
    get throws(Unwritable) {
      switch self {
      case .valid: return "valid"
      case .same: return "same"
      case .causal: return "causal"
      case .explicit:
        throw Unwritable(reason: "its margins are given as numbers, for which Keras has no option")
      }
    }
  }
}
