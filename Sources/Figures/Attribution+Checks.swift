import Explainers
import TensorCore

extension Attribution {
  /// Refuses what cannot be drawn.
  ///
  /// - Parameter options: What the figure says and shows beside the attribution.
  /// - Throws: `FigureError` that names the first obstacle.
  func checkDrawable(_ options: FigureOptions) throws(FigureError) {
    let item = options.itemName.printable
    for (what, tensor) in [("the input", input), ("the attribution map", map)] {
      guard tensor.shape.rank >= 2, tensor.shape.batch == 1, tensor.count > 0 else {
        throw .notOneItem(item: item, what: what, shape: tensor.shape)
      }
    }
    guard
      map.shape.rank == input.shape.rank, map.shape.spatial == input.shape.spatial,
      map.shape.channels == 1 || map.shape.channels == input.shape.channels
    else { throw .mapDoesNotFit(item: item, map: map.shape, input: input.shape) }
    if let picture = options.picture {
      guard picture.shape.rank == 4, picture.shape.batch == 1, picture.count > 0 else {
        throw .pictureShape(item: item, found: picture.shape)
      }
      try Self.checkFinite(picture, "the picture", item)
    }
    try Self.checkFinite(input, "the input", item)
    try Self.checkFinite(map, "the attribution map", item)
    try Self.checkFinite(output, "the model's output", item)
    guard score.isFinite else {
      throw .notFinite(item: item, what: "the score", position: [], value: "\(score)")
    }
    try options.check()
  }

  private static func checkFinite(_ tensor: Tensor, _ what: String, _ item: String) throws(FigureError) {
    let found = tensor.withValues { values in values.firstIndex { !$0.isFinite }.map { ($0, values[$0]) } }
    guard let (flat, value) = found else { return }
    var rest = flat
    var position: [Int] = []
    for extent in tensor.shape.extents.reversed() {
      position.insert(rest % extent, at: 0)
      rest /= extent
    }
    throw .notFinite(item: item, what: what, position: position, value: "\(value)")
  }
}

extension FigureOptions {
  /// From one sample in thirty years to far beyond any converter.
  private static let samplingRates = 1e-9...1e12

  /// Refuses options that cannot be used.
  ///
  /// - Throws: `FigureError.option` that names the first of them.
  func check() throws(FigureError) {
    if let rate = samplingRate, !Self.samplingRates.contains(rate) {
      throw .option(name: "a sampling rate of", expected: "1e-9 to 1e12 Hz", found: "\(rate)")
    }
    if let range = displayRange,
      !(range.lowerBound < range.upperBound && (range.upperBound - range.lowerBound).isFinite)
    {
      throw .option(name: "a display range of", expected: "two different finite numbers", found: "\(range)")
    }
    if case .percentile(let rank) = colorLimit, !(rank > 0 && rank <= 100) {
      throw .option(
        name: "a colour limit at percentile", expected: "above 0 and at most 100", found: "\(rank)")
    }
  }
}
