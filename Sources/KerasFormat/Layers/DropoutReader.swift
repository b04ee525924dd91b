import Networks
import TensorCore

/// `Dropout`, and `SpatialDropout1D` to `3D`, which drop whole channels.
enum DropoutReader: ElementwiseKerasLayer {
  static let classNames = ["Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    // Without a rate, and with one that drops everything, the layer does nothing here as at inference.
    let rate = try configuration.number("rate", default: 0)
    guard rate >= 0, rate < 1 else { return [IdentityLayer()] }
    return [DropoutLayer(rate: rate, of: configuration.layerClass == "Dropout" ? .element : .channel)]
  }
}

/// `GaussianNoise`.
enum GaussianNoiseReader: ElementwiseKerasLayer {
  static let classNames = ["GaussianNoise"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let deviation = try source.configuration.number("stddev", default: 0)
    guard deviation >= 0, deviation.isFinite else { return [IdentityLayer()] }
    return [GaussianNoiseLayer(deviation: deviation)]
  }
}
