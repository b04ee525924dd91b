import Networks

/// `Flatten`; with `channels_first` Keras moves the channels behind the other axes first.
enum FlattenReader: SpatialKerasLayer {
  static let classNames = ["Flatten"]

  static func layers(for source: LayerSource) -> [any Layer] {
    [FlattenLayer()]
  }
}
