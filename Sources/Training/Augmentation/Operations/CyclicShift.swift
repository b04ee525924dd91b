import TensorCore

/// Moves an item along its spatial axes; what leaves it at one end comes back at the other.
///
///     y[i] = x[(i + s) mod n],   s a whole number from -share n to share n, for every axis
public struct CyclicShift: AugmentationOperation, Equatable {
  /// The name in recipes.
  public static let id = "cyclic-shift"

  /// The farthest shift as a share of the extent of the axis, 0 to 1; with 0.5 or more all shifts are equally likely.
  public let share: Double

  /// Creates the operation.
  ///
  /// - Parameter share: The farthest shift as a share of the extent of the axis, 0 to 1.
  /// - Throws: `AugmentationError.setting` when it is outside that range.
  public init(share: Double = 0.5) throws(AugmentationError) {
    try Self.require("share", share, in: 0...1)
    self.share = share
  }

  /// The settings by their names in recipes.
  public var settings: [(name: String, value: AugmentationSetting)] { [("share", .number(share))] }

  /// Moves an item.
  public func apply(to item: AugmentedItem, random: inout AugmentationRandom) {
    for (axis, extent) in item.spatial.enumerated() {
      let shift: Int
      if share >= 0.5 {
        shift = random.integer(below: max(extent, 1))
      } else {
        let farthest = Int((share * Double(extent)).rounded(.down))
        shift = (random.integer(below: 2 * farthest + 1) - farthest + extent) % max(extent, 1)
      }
      guard shift > 0 else { continue }
      // Every run along the axis is two pieces that change places.
      let step = item.step(along: axis)
      let (run, cut) = (extent * step, shift * step)
      let source = item.copied()
      for first in stride(from: 0, to: item.values.count, by: run) {
        for index in 0..<(run - cut) { item.values[first + index] = source[first + cut + index] }
        for index in 0..<cut { item.values[first + run - cut + index] = source[first + index] }
      }
    }
  }
}
