import Networks

/// `Dot`.
enum DotReader: KerasLayer {
  static let classNames = ["Dot"]
  static let inputCount = 2...2

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let value = configuration.values["axes"] ?? .integer(-1)
    let axes = value.wholeNumber.map { [$0, $0] } ?? value.elements?.compactMap(\.wholeNumber) ?? []
    guard axes.count == 2 else {
      throw configuration.wrong("axes", expected: "a whole number or two of them")
    }
    let places = zip(axes, source.inputs).map { $0 < 0 ? $0 + $1.rank : $0 }
    return [
      DotLayer(
        first: places[0], second: places[1], normalizes: try configuration.flag("normalize", default: false))
    ]
  }
}
