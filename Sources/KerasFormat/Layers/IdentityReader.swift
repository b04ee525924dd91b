import Networks

/// Layers that act only while training, and not here.
enum IdentityReader: ElementwiseKerasLayer {
  static let classNames = ["AlphaDropout", "GaussianDropout", "ActivityRegularization", "Identity"]

  static func layers(for source: LayerSource) -> [any Layer] { [IdentityLayer()] }
}
