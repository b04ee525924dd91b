import Networks

/// Layers that act only while training.
enum IdentityReader: ElementwiseKerasLayer {
  static let classNames = [
    "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout",
    "GaussianNoise", "ActivityRegularization", "Identity",
  ]

  static func layers(for source: LayerSource) -> [any Layer] { [IdentityLayer()] }
}
