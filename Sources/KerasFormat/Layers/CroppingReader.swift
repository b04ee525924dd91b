import Networks
import TensorCore

/// `Cropping1D`, `Cropping2D`, `Cropping3D`.
enum CroppingReader: SpatialKerasLayer {
  static let classNames = ["Cropping1D", "Cropping2D", "Cropping3D"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let axes = try source.spatialRank()
    return [CroppingLayer(try source.configuration.margins("cropping", axes: axes))]
  }
}
