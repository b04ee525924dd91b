import TensorCore

/// How an input is drawn, which follows from its spatial axes alone.
///
/// Of several spatial axes those of extent 1 do not count, so that a signal embedded as an image of one row is drawn as a signal.
package enum InputForm: Sendable, Equatable {
  /// No spatial axis: one bar per feature.
  case features(Int)
  /// One spatial axis: curves.
  case signal(length: Int)
  /// Two spatial axes, or the middle slice across all others.
  case image(rows: Int, columns: Int, slices: [Slice])

  /// The place at which one axis is cut.
  package struct Slice: Sendable, Equatable {
    let index: Int
    let extent: Int

    /// Creates a cut at an index of an axis of an extent.
    package init(index: Int, extent: Int) {
      self.index = index
      self.extent = extent
    }
  }

  /// The form for an input of the shape `[1, spatial..., channels]`.
  package init(_ shape: Shape) {
    let spatial = shape.spatial
    guard let last = spatial.last else {
      self = .features(shape.channels)
      return
    }
    let counting = spatial.filter { $0 > 1 }
    if spatial.count == 1 || counting.count == 1 {
      self = .signal(length: counting.first ?? last)
    } else {
      let axes = counting.count >= 2 ? counting : Array(spatial.suffix(2))
      let slices = axes.dropLast(2).map { Slice(index: $0 / 2, extent: $0) }
      self = .image(rows: axes[axes.count - 2], columns: axes[axes.count - 1], slices: slices)
    }
  }
}
