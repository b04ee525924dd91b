import Networks
import TensorCore

/// `ZeroPadding1D`, `ZeroPadding2D`, `ZeroPadding3D`.
enum ZeroPaddingReader: KerasLayer {
  static let classNames = ["ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    try source.configuration.requireChannelsLast()
    let axes = try source.spatialRank()
    return [ZeroPaddingLayer(try margins(source.configuration, axes: axes))]
  }

  /// One number for all sides, one per axis, or two per axis.
  private static func margins(
    _ configuration: LayerConfiguration, axes: Int
  ) throws(KerasFormatError) -> [Padding.Margin] {
    let value = configuration.values["padding"] ?? .integer(1)
    if let all = cells(value) { return Array(repeating: .init(low: all, high: all), count: axes) }
    let list = value.elements ?? []
    // A list for one axis is that axis's two sides.
    let sides = axes == 1 && list.allSatisfy { $0.wholeNumber != nil } && list.count == 2 ? [value] : list
    let margins = sides.compactMap { side -> Padding.Margin? in
      if let both = cells(side) { return .init(low: both, high: both) }
      guard let pair = side.elements, pair.count == 2, let low = cells(pair[0]), let high = cells(pair[1])
      else {
        return nil
      }
      return .init(low: low, high: high)
    }
    guard margins.count == axes, sides.count == axes else {
      throw configuration.wrong("padding", expected: "whole numbers from zero for \(axes) axes")
    }
    return margins
  }

  private static func cells(_ value: JSONValue) -> Int? {
    value.wholeNumber.flatMap { (0...Window.largestParameter).contains($0) ? $0 : nil }
  }
}
