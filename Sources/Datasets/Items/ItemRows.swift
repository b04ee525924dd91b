import TensorCore

/// How an array holds items of a given shape: one after the other along its first axis, or a single one.
///
/// A last channel axis of extent one may be missing.
package struct ItemRows: Equatable {
  /// The number of items.
  package let count: Int
  /// Whether the array is a single item, without an axis that counts items.
  package let isSingle: Bool

  /// How an array of shape `array` holds items of shape `[1, spatial..., channels]`, or `nil` when it does not.
  package init?(of array: Shape, as item: Shape) {
    let whole = Array(item.extents.dropFirst())
    let forms = whole.last == 1 && whole.count > 1 ? [whole, whole.dropLast()] : [whole]
    if forms.contains(Array(array.extents.dropFirst())), array.rank > 0 {
      count = array[0]
      isSingle = false
    } else if forms.contains(array.extents) {
      count = 1
      isSingle = true
    } else {
      return nil
    }
  }
}
