import TensorCore

/// Adds a straight line along every spatial axis, that goes through zero in the middle.
///
///     y[i] = x[i] + t (2 i / (n - 1) - 1),   t from -slope to slope, for every axis
public struct RandomTilt: AugmentationOperation, Equatable {
  /// The name in recipes.
  public static let id = "tilt"

  /// The largest value of the line at the ends, in the unit of the values; at least 0.
  public let slope: Double

  /// Creates the operation.
  ///
  /// - Parameter slope: The largest value of the line at the ends, from 0 to 1e6.
  /// - Throws: `AugmentationError.setting` when it is outside that range.
  public init(_ slope: Double) throws(AugmentationError) {
    try Self.require("slope", slope, in: 0...1e6)
    self.slope = slope
  }

  /// The settings by their names in recipes.
  public var settings: [(name: String, value: AugmentationSetting)] { [("slope", .number(slope))] }

  /// Tilts an item.
  public func apply(to item: AugmentedItem, random: inout AugmentationRandom) {
    for (axis, extent) in item.spatial.enumerated() {
      let height = random.uniform(in: -slope...slope)
      guard extent > 1 else { continue }
      let step = item.step(along: axis)
      for position in 0..<extent {
        let summand = Float(height * (2 * Double(position) / Double(extent - 1) - 1))
        for first in stride(from: position * step, to: item.values.count, by: extent * step) {
          for index in first..<(first + step) { item.values[index] += summand }
        }
      }
    }
  }
}
