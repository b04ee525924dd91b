import Networks
import TensorCore

/// `GlobalMaxPooling1D` to `GlobalAveragePooling3D`.
enum GlobalPoolingReader: SpatialKerasLayer {
  static let classNames = [
    "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D",
    "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D",
  ]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    _ = try source.spatialRank()
    let kind: Pooling.Kind = source.configuration.layerClass.hasPrefix("GlobalMax") ? .maximum : .average
    let keepsAxes = try source.configuration.flag("keepdims", default: false)
    guard !source.masked.isEmpty, source.configuration.layerClass == "GlobalAveragePooling1D" else {
      return [GlobalPoolingLayer(kind, keepsAxes: keepsAxes)]
    }
    return [MaskedMeanLayer(keepsAxes: keepsAxes)]
  }

  static func maskFlow(for source: LayerSource) -> MaskFlow {
    source.configuration.layerClass == "GlobalAveragePooling1D" ? .read : .dropped
  }
}
