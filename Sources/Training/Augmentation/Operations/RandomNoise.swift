import TensorCore

/// Adds a number of the normal distribution to every value.
///
///     y = x + d e,   e of mean 0 and deviation 1
public struct RandomNoise: AugmentationOperation, Equatable {
  /// The name in recipes.
  public static let id = "noise"

  /// The deviation `d`, in the unit of the values; at least 0.
  public let deviation: Double

  /// Creates the operation.
  ///
  /// - Parameter deviation: The deviation, from 0 to 1e6.
  /// - Throws: `AugmentationError.setting` when it is outside that range.
  public init(deviation: Double) throws(AugmentationError) {
    try Self.require("deviation", deviation, in: 0...1e6)
    self.deviation = deviation
  }

  /// The settings by their names in recipes.
  public var settings: [(name: String, value: AugmentationSetting)] { [("deviation", .number(deviation))] }

  /// Disturbs an item.
  public func apply(to item: AugmentedItem, random: inout AugmentationRandom) {
    for index in item.values.indices {
      item.values[index] += Float(deviation * random.standardNormal())
    }
  }
}
