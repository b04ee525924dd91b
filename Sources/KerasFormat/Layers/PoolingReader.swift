import Networks
import TensorCore

/// `MaxPooling1D` to `AveragePooling3D`.
enum PoolingReader: SpatialKerasLayer {
  static let classNames = [
    "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "AveragePooling1D", "AveragePooling2D",
    "AveragePooling3D",
  ]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let axes = try source.spatialRank()
    let size = try configuration.counts("pool_size", axes: axes, default: Array(repeating: 2, count: axes))
    let window = Window(
      kernel: size, stride: try configuration.counts("strides", axes: axes, default: size),
      padding: try configuration.padding())
    let kind: Pooling.Kind = configuration.layerClass.hasPrefix("Max") ? .maximum : .average
    return [PoolingLayer(Pooling(kind, over: window))]
  }
}
