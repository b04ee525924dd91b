import Networks
import TensorCore

/// `Conv1DTranspose`, `Conv2DTranspose`, `Conv3DTranspose`.
///
/// Of the extents from which a convolution leads to the input's, `padding` and `output_padding` choose one, with k the reach of the
/// kernel: without `output_padding` n * s ('same') or (n - 1) * s + max(k, s) ('valid'), else
/// (n - 1) * s + (k mod 2, or k when 'valid') + output_padding.
enum TransposedConvolutionReader: SpatialKerasLayer {
  static let classNames = ["Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let axes = source.inputs[0].spatial.count
    guard configuration.layerClass.hasPrefix("Conv\(axes)D") else {
      throw .model(
        file: configuration.file,
        .layerDoesNotFit(
          layer: configuration.name, input: source.inputs[0].item,
          reason: .rankMismatch(window: configuration.transposedRank, input: axes)))
    }
    let groups = try configuration.count("groups", default: 1)
    guard groups == 1 else {
      throw configuration.unsupported("groups", "\(groups)", hint: "a transposed convolution has one group")
    }
    let filters = try configuration.count("filters")
    let ones = Array(repeating: 1, count: axes)
    let kernel = try configuration.counts("kernel_size", axes: axes)
    let stride = try configuration.counts("strides", axes: axes, default: ones)
    let dilation = try configuration.counts("dilation_rate", axes: axes, default: ones)
    let padding = try configuration.padding()
    guard padding != .causal else { throw configuration.wrong("padding", expected: "'valid' or 'same'") }
    let extra = try configuration.outputPadding(axes: axes)
    let weights = try source.kernel(kernel + [filters, source.channels])
    let bias =
      try configuration.flag("use_bias", default: true)
      ? source.weights.tensor("bias", shape: [filters]) : nil
    let operation = try source.fitting { () throws(GeometryError) in
      try TransposedConvolution(
        weights: weights, bias: bias,
        window: Window(kernel: kernel, stride: stride, dilation: dilation, padding: padding)
      ) { extents in
        extents.indices.map { axis in
          let reach = (kernel[axis] - 1) * dilation[axis] + 1
          let (n, s) = (extents[axis], stride[axis])
          guard let extra else { return padding == .same ? n * s : (n - 1) * s + max(reach, s) }
          return (n - 1) * s + (padding == .same ? reach % 2 : reach) + extra[axis]
        }
      }
    }
    try requireOutputShape(source, operation)
    return [TransposedConvolutionLayer(operation)] + (try configuration.activationLayers(rank: axes + 2))
  }
}

extension TransposedConvolutionReader {
  /// Refuses extents of the output that Keras 1 was given and that are others than those that Keras finds since.
  private static func requireOutputShape(
    _ source: LayerSource, _ operation: TransposedConvolution
  ) throws(KerasFormatError) {
    let configuration = source.configuration
    guard let value = configuration.values["output_shape"] else { return }
    let shape = try source.fitting { () throws(GeometryError) in
      try TransposedConvolutionLayer(operation).outputShape(for: source.inputs)
    }
    let item =
      try configuration.hasChannelsFirst()
      ? [shape.channels] + shape.spatial : shape.spatial + [shape.channels]
    guard value.elements?.dropFirst().map(\.wholeNumber) == item else {
      throw configuration.wrong(
        "output_shape", expected: "what Keras finds since version 2, \(Shape(item).description),")
    }
  }
}

extension LayerConfiguration {
  /// The number of spatial axes in the name of a transposed convolution.
  fileprivate var transposedRank: Int { layerClass.compactMap(\.wholeNumberValue).first ?? 0 }

  /// Cells added to the output of every spatial axis, or `nil` where Keras finds the extents from the strides.
  fileprivate func outputPadding(axes: Int) throws(KerasFormatError) -> [Int]? {
    guard let value = values["output_padding"] else { return nil }
    let numbers =
      value.wholeNumber.map { Array(repeating: $0, count: axes) } ?? value.elements?.compactMap(\.wholeNumber)
    guard let numbers, numbers.count == axes,
      numbers.allSatisfy({ (0...Window.largestParameter).contains($0) })
    else {
      throw wrong("output_padding", expected: "whole numbers from zero for \(axes) axes")
    }
    return numbers
  }
}
