import Networks

/// `Masking`: steps all of whose channels have one value are left out by the layers behind it.
enum MaskingReader: KerasLayer {
  static let classNames = ["Masking"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    [MaskingLayer(value: try value(source))]
  }

  static func maskFlow(for source: LayerSource) throws(KerasFormatError) -> MaskFlow {
    .made(MaskLayer(.anyChannel(differsFrom: try value(source))))
  }

  private static func value(_ source: LayerSource) throws(KerasFormatError) -> Float {
    Float(try source.configuration.number("mask_value", default: 0))
  }
}
