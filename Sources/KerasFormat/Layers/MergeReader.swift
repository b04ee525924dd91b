import Networks

/// `Add`, `Subtract`, `Multiply`, `Average`, `Maximum`, `Minimum`.
enum MergeReader: KerasLayer {
  static let classNames = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"]
  static let inputCount = 1...Int.max

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let kind = MergeLayer.Kind(rawValue: source.configuration.layerClass.lowercased())
    guard let kind else { preconditionFailure("\(source.configuration.layerClass) is not listed") }
    return [MergeLayer(kind)]
  }
}
