import Networks
import TensorCore

/// `ZeroPadding1D`, `ZeroPadding2D`, `ZeroPadding3D`.
enum ZeroPaddingReader: SpatialKerasLayer {
  static let classNames = ["ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let axes = try source.spatialRank()
    return [ZeroPaddingLayer(try source.configuration.margins("padding", axes: axes))]
  }
}

extension LayerConfiguration {
  /// Cells on both sides of every spatial axis: one number for all sides, one per axis, or two per axis; ones when absent.
  func margins(_ key: String, axes: Int) throws(KerasFormatError) -> [Padding.Margin] {
    let value = values[key] ?? .integer(1)
    if let all = Self.cells(value) { return Array(repeating: .init(low: all, high: all), count: axes) }
    let list = value.elements ?? []
    // A list for one axis is that axis's two sides.
    let sides = axes == 1 && list.allSatisfy { $0.wholeNumber != nil } && list.count == 2 ? [value] : list
    let margins = sides.compactMap { side -> Padding.Margin? in
      if let both = Self.cells(side) { return .init(low: both, high: both) }
      guard let pair = side.elements, pair.count == 2, let low = Self.cells(pair[0]),
        let high = Self.cells(pair[1])
      else {
        return nil
      }
      return .init(low: low, high: high)
    }
    guard margins.count == axes, sides.count == axes else {
      throw wrong(key, expected: "whole numbers from zero for \(axes) axes")
    }
    return margins
  }

  private static func cells(_ value: JSONValue) -> Int? {
    value.wholeNumber.flatMap { (0...Window.largestParameter).contains($0) ? $0 : nil }
  }
}
