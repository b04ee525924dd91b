import Networks
import TensorCore

/// `Conv1D`, `Conv2D`, `Conv3D`.
enum ConvolutionReader: SpatialKerasLayer {
  static let classNames = ["Conv1D", "Conv2D", "Conv3D"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let axes = try source.spatialRank()
    let filters = try configuration.count("filters")
    let groups = try configuration.count("groups", default: 1)
    let ones = Array(repeating: 1, count: axes)
    let kernel = try configuration.counts("kernel_size", axes: axes)
    guard source.channels % groups == 0 else {
      return try source.fitting { () throws(GeometryError) in
        throw .groupMismatch(channels: source.channels, groups: groups)
      }
    }
    let weights = try source.kernel(kernel + [source.channels / groups, filters])
    let bias =
      try configuration.flag("use_bias", default: true)
      ? source.weights.tensor("bias", shape: [filters]) : nil
    let window = Window(
      kernel: kernel, stride: try configuration.counts("strides", axes: axes, default: ones),
      dilation: try configuration.counts("dilation_rate", axes: axes, default: ones),
      padding: try configuration.padding())
    let convolution = try source.fitting { () throws(GeometryError) in
      try Convolution(weights: weights, bias: bias, window: window, groups: groups)
    }
    return [ConvolutionLayer(convolution)] + (try configuration.activationLayers(rank: axes + 2))
  }
}
