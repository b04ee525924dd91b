import TensorCore

/// A shift of all values of an item along one of its spatial axes.
package struct Translation: Sendable {
  /// What is seen where nothing was shifted to.
  package enum Fill: String, Sendable, CaseIterable {
    /// Zero.
    case zero
    /// The value at the border.
    case edge
    /// The smallest value of the item.
    case minimum
  }

  /// The axis among the spatial ones.
  package var axis: Int
  /// By how many positions; towards the start of the axis when negative.
  package var shift: Int

  package init(axis: Int, shift: Int) {
    self.axis = axis
    self.shift = shift
  }

  /// The shifted item.
  ///
  /// - Parameters:
  ///   - item: One item, `[1, spatial..., channels]`.
  ///   - fill: What is seen where nothing was shifted to.
  /// - Returns: A tensor of the same shape.
  package func callAsFunction(_ item: Tensor, fill: Fill) -> Tensor {
    let extent = item.shape.spatial[axis]
    let inner = item.shape.extents.dropFirst(axis + 2).reduce(1, *)
    let values = item.values
    let filling = fill == .minimum ? item.minimum : 0
    return Tensor(
      item.shape,
      values.indices.map { index in
        let position = index / inner % extent
        let source = position - shift
        if (0..<extent).contains(source) { return values[index - shift * inner] }
        guard fill == .edge else { return filling }
        return values[index + (min(max(source, 0), extent - 1) - position) * inner]
      })
  }

  /// The shifts along every axis of more than one position.
  ///
  /// Along an axis of `L` positions these are `r L (2 k / (n + 1) - 1)` for `k` from 1 to `n`, rounded to whole numbers, without zero and without
  /// repetitions: as far in one direction as in the other.
  ///
  /// - Parameters:
  ///   - extents: The positions along every axis.
  ///   - steps: The number of shifts `n` along an axis.
  ///   - reach: The share `r` of an axis that shifts stay below.
  /// - Returns: The shifts.
  package static func shifts(over extents: [Int], steps: Int, reach: Double) -> [Translation] {
    extents.indices.filter { extents[$0] > 1 }.flatMap { axis in
      let shifts = (1...steps).map { step in
        Int((reach * Double(extents[axis]) * (Double(2 * step) / Double(steps + 1) - 1)).rounded())
      }
      return Set(shifts).subtracting([0]).sorted().map { Translation(axis: axis, shift: $0) }
    }
  }
}
