import TensorCore

/// Multiplies all values of an image by one factor and keeps them within limits.
///
///     y = min(max(f x, low), high),   f of the range, all equally likely
///
/// Differs from the `brightness_range` of Keras's `ImageDataGenerator` in that values are not rounded to 8 bits.
public struct RandomBrightness: AugmentationOperation, Equatable {
  /// The name in recipes.
  public static let id = "brightness"

  /// The factors.
  public let range: ClosedRange<Double>
  /// The least and the largest value.
  public let limits: ClosedRange<Double>

  /// Creates the operation.
  ///
  /// - Parameters:
  ///   - range: The factors, from 0 to 1000.
  ///   - limits: The least and the largest value; those of pixels that were divided by 255 by default.
  /// - Throws: `AugmentationError.setting` when a factor is outside its range.
  public init(_ range: ClosedRange<Double>, limits: ClosedRange<Double> = 0...1) throws(AugmentationError) {
    try Self.require("range", range, in: 0...1000)
    try Self.require("limits", limits, in: -1e9...1e9)
    self.range = range
    self.limits = limits
  }

  /// The settings by their names in recipes.
  public var settings: [(name: String, value: AugmentationSetting)] {
    [("range", .numbers(range.ends)), ("limits", .numbers(limits.ends))]
  }

  /// Brightens or darkens an item.
  public func apply(to item: AugmentedItem, random: inout AugmentationRandom) {
    let factor = Float(random.uniform(in: range))
    let (low, high) = (Float(limits.lowerBound), Float(limits.upperBound))
    for index in item.values.indices {
      item.values[index] = min(max(item.values[index] * factor, low), high)
    }
  }
}
