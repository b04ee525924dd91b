import Networks

/// `Add`, `Subtract`, `Multiply`, `Average`, `Maximum`, `Minimum`.
enum MergeReader: ElementwiseKerasLayer {
  static let classNames = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"]
  static let inputCount = 1...Int.max

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let kind = MergeLayer.Kind(rawValue: source.configuration.layerClass.lowercased())
    guard let kind else { preconditionFailure("\(source.configuration.layerClass) is not listed") }
    return [looksAtMasks(source) ? MaskedMergeLayer(kind, masked: source.masked) : MergeLayer(kind)]
  }

  /// Whether the values depend on masks: since version 3 what a mask leaves out of a product, maximum or minimum takes no part in it.
  static func looksAtMasks(_ source: LayerSource) -> Bool {
    source.configuration.kerasVersion.major >= 3 && !source.masked.isEmpty && source.inputs.count > 1
      && ["Multiply", "Maximum", "Minimum"].contains(source.configuration.layerClass)
  }
}
