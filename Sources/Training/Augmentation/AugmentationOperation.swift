import TensorCore

/// Something that is done at random to an item each time that training sees it.
///
/// What an operation does follows from the stream alone; two operations in a row draw one behind the other.
public protocol AugmentationOperation: Sendable {
  /// The name in recipes.
  static var id: String { get }

  /// The settings by their names in recipes, in their order.
  var settings: [(name: String, value: AugmentationSetting)] { get }

  /// Checks that items of a shape can be treated.
  ///
  /// - Parameter item: `[1, spatial..., channels]`.
  /// - Throws: `AugmentationError` when they cannot.
  func check(_ item: Shape) throws(AugmentationError)

  /// Changes an item in place.
  ///
  /// - Parameters:
  ///   - item: The item, of a shape that was checked.
  ///   - random: The stream of the item.
  func apply(to item: AugmentedItem, random: inout AugmentationRandom)
}

extension AugmentationOperation {
  /// Any shape can be treated.
  public func check(_ item: Shape) throws(AugmentationError) {}
}

/// The value of one setting of an operation.
public enum AugmentationSetting: Sendable, Equatable {
  /// A number.
  case number(Double)
  /// Several numbers: one for each axis, or the ends of a range.
  case numbers([Double])
  /// Yes or no.
  case flag(Bool)
  /// A word.
  case word(String)
}
