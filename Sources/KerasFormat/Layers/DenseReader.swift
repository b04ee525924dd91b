import Networks
import TensorCore

/// `Dense`, on the last axis of its input.
enum DenseReader: KerasLayer {
  static let classNames = ["Dense"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let units = try configuration.count("units")
    let weights = try source.weights.tensor("kernel", shape: [source.channels, units])
    let bias =
      try configuration.flag("use_bias", default: true) ? source.weights.tensor("bias", shape: [units]) : nil
    let dense = try source.fitting { () throws(GeometryError) in
      try Convolution(weights: weights, bias: bias, window: Window(kernel: []))
    }
    return [ConvolutionLayer(dense)] + (try configuration.activationLayers(rank: source.inputs[0].rank))
  }
}
