import Boundary

/// Why items cannot be augmented as asked.
public enum AugmentationError: Failure, Equatable {
  /// A setting is outside its range.
  case setting(operation: String, name: String, expected: String, found: String)
  /// The operation needs more spatial axes than items have.
  case axes(operation: String, setting: String, expected: Int, found: Int)
  /// Quarter turns of items that are not as high as wide.
  case notSquare(height: Int, width: Int)

  /// The class of the failure.
  public var failureClass: FailureClass { .badData }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .setting(let operation, let name, let expected, let found):
      "the setting '\(name)' of the augmentation '\(operation)' should be \(expected), but it is \(found)"
    case .axes(let operation, let setting, let expected, let found):
      "the setting '\(setting)' of the augmentation '\(operation)' is for items with \(expected) spatial axes or more, but these have \(found); "
        + "leave it out"
    case .notSquare(let height, let width):
      "items of \(height)x\(width) cannot be turned by quarters, because height and width differ; leave 'quarter-turns' out"
    }
  }
}
