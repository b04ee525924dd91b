import Networks

/// `Concatenate` along any axis but that of the batch.
enum ConcatenateReader: KerasLayer {
  static let classNames = ["Concatenate"]
  static let inputCount = 1...Int.max

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let value = source.configuration.values["axis"] ?? .integer(-1)
    let axis = value.wholeNumber.flatMap { source.axis($0) }
    guard let axis else {
      throw source.configuration.wrong(
        "axis", expected: "an axis from 1 to \(source.inputs[0].rank - 1), or from the back")
    }
    return [ConcatenationLayer(axis: axis)]
  }
}

extension LayerSource {
  /// An axis of the first input counted from the front, when it is given from the front or from the back; `nil` for that of the batch
  /// and for those that the input does not have.
  func axis(_ axis: Int, rank: Int? = nil) -> Int? {
    let rank = rank ?? inputs[0].rank
    guard (-rank..<rank).contains(axis) else { return nil }
    let position = axis < 0 ? axis + rank : axis
    return position == 0 ? nil : position
  }
}
