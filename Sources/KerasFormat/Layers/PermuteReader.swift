import Networks

/// `Permute`: the axes of an item in another order.
enum PermuteReader: KerasLayer {
  static let classNames = ["Permute"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let axes = Array(1..<source.inputs[0].rank)
    let order = source.configuration.values["dims"]?.elements?.map(\.wholeNumber)
    guard let order = order?.compactMap({ $0 }), order.sorted() == axes else {
      throw source.configuration.wrong(
        "dims", expected: "the numbers from 1 to \(axes.count) in some order")
    }
    return [PermutationLayer(order: [0] + order)]
  }
}

/// `RepeatVector`: every item several times, one after the other.
enum RepeatVectorReader: KerasLayer {
  static let classNames = ["RepeatVector"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    [RepetitionLayer(count: try source.configuration.count("n"))]
  }
}
