import Networks

/// `Flatten`.
enum FlattenReader: KerasLayer {
  static let classNames = ["Flatten"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    try source.configuration.requireChannelsLast()
    return [FlattenLayer()]
  }
}
