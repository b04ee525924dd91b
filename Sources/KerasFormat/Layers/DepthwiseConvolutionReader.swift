import Networks
import TensorCore

/// `DepthwiseConv1D` to `SeparableConv2D`: a convolution in which every channel sees only itself, and for the separable ones a
/// convolution of all channels of a position behind it.
enum DepthwiseConvolutionReader: SpatialKerasLayer {
  static let classNames = ["DepthwiseConv1D", "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let axes = try source.spatialRank()
    let isSeparable = configuration.layerClass.hasPrefix("Separable")
    let channels = source.channels
    let multiplier = try configuration.count("depth_multiplier", default: 1)
    let kernel = try configuration.counts("kernel_size", axes: axes)
    let hasBias = try configuration.flag("use_bias", default: true)
    let ones = Array(repeating: 1, count: axes)
    let window = Window(
      kernel: kernel, stride: try configuration.counts("strides", axes: axes, default: ones),
      dilation: try configuration.counts("dilation_rate", axes: axes, default: ones),
      padding: try configuration.padding())
    // Keras counts the weights of a channel behind the channels; our groups want them side by side, which is the same order.
    let names = isSeparable ? ["depthwise_kernel"] : ["depthwise_kernel", "kernel"]
    let depthwise = try source.weights.tensor(anyOf: names, shape: kernel + [channels, multiplier])
      .reshaped(to: Shape(kernel + [1, channels * multiplier]))
    let bias =
      isSeparable || !hasBias ? nil : try source.weights.tensor("bias", shape: [channels * multiplier])
    let first = try source.fitting { () throws(GeometryError) in
      try Convolution(weights: depthwise, bias: bias, window: window, groups: channels)
    }
    let pointwise = isSeparable ? [try self.pointwise(source, ones, channels * multiplier, hasBias)] : []
    return [ConvolutionLayer(first)] + pointwise + (try configuration.activationLayers(rank: axes + 2))
  }

  private static func pointwise(
    _ source: LayerSource, _ ones: [Int], _ channels: Int, _ hasBias: Bool
  ) throws(KerasFormatError) -> any Layer {
    let filters = try source.configuration.count("filters")
    let weights = try source.weights.tensor("pointwise_kernel", shape: ones + [channels, filters])
    let bias = hasBias ? try source.weights.tensor("bias", shape: [filters]) : nil
    let convolution = try source.fitting { () throws(GeometryError) in
      try Convolution(weights: weights, bias: bias, window: Window(kernel: ones))
    }
    return ConvolutionLayer(convolution)
  }
}
