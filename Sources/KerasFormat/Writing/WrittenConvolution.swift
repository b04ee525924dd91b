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

extension TransposedConvolutionLayer: KerasWritable {
  /// `Conv1DTranspose` to `Conv3DTranspose`, with `output_padding` where the output has other extents than without.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    let window = operation.convolution.window
    guard (1...3).contains(window.spatialRank), window.padding == .same || window.padding == .valid else {
      throw Unwritable(
        reason: "transposed convolutions of Keras have one to three axes and no causal padding")
    }
    let isSame = window.padding == .same
    let reach = zip(window.kernel, window.dilation).map { ($0 - 1) * $1 + 1 }
    let extents: [Int]
    do { extents = try outputShape(for: inputs).spatial } catch {
      throw Unwritable(reason: "its window does not fit its input")
    }
    let input = inputs[0].spatial
    let usual = input.indices.map { axis in
      let (n, s) = (input[axis], window.stride[axis])
      return isSame ? n * s : (n - 1) * s + max(reach[axis], s)
    }
    var options: [String: JSONValue] = [
      "activation": .string("linear"), "use_bias": .boolean(operation.bias != nil),
      "filters": .integer(operation.convolution.inputChannels), "kernel_size": .integers(window.kernel),
      "strides": .integers(window.stride), "dilation_rate": .integers(window.dilation),
      "padding": .string(try window.padding.kerasName), "data_format": .string("channels_last"),
      "output_padding": .null,
    ]
    if extents != usual {
      let extra = input.indices.map {
        extents[$0] - (input[$0] - 1) * window.stride[$0] - (isSame ? reach[$0] % 2 : reach[$0])
      }
      options["output_padding"] = .integers(extra)
    }
    let bias = operation.bias.map { [WrittenLayer.Weight(name: "bias", values: $0)] } ?? []
    return WrittenLayer(
      "Conv\(window.spatialRank)DTranspose", options,
      weights: [.init(name: "kernel", values: operation.convolution.weights)] + bias)
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
