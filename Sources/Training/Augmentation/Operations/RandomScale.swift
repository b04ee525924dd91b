import TensorCore

/// Multiplies all values of an item by one factor.
///
///     y = f x,   f of the range, all equally likely
public struct RandomScale: AugmentationOperation, Equatable {
  /// The name in recipes.
  public static let id = "scale"

  /// The factors.
  public let range: ClosedRange<Double>

  /// Creates the operation.
  ///
  /// - Parameter range: The factors, from -1000 to 1000.
  /// - Throws: `AugmentationError.setting` when an end is outside that range.
  public init(_ range: ClosedRange<Double>) throws(AugmentationError) {
    try Self.require("range", range, in: -1000...1000)
    self.range = range
  }

  /// The settings by their names in recipes.
  public var settings: [(name: String, value: AugmentationSetting)] { [("range", .numbers(range.ends))] }

  /// Scales an item.
  public func apply(to item: AugmentedItem, random: inout AugmentationRandom) {
    let factor = Float(random.uniform(in: range))
    for index in item.values.indices { item.values[index] *= factor }
  }
}
