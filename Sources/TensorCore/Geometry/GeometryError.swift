import Boundary

/// Why a window or an operation does not fit the tensor it is given.
public enum GeometryError: Failure, Equatable {
  /// The window slides over another number of spatial axes than the input has.
  case rankMismatch(window: Int, input: Int)
  /// A kernel extent, stride, dilation, margin or input extent is not usable.
  case parameterOutOfRange(name: String, value: Int, least: Int, most: Int)
  /// The window is larger than the padded input.
  case windowTooLarge(axis: Int, window: Int, input: Int)
  /// The input has another number of channels than the operation.
  case channelMismatch(expected: Int, found: Int)
  /// The channels do not divide into the groups, or the weights do not have the shape that the channels and groups ask for.
  case groupMismatch(channels: Int, groups: Int)
  /// Weights of another shape than the operation has.
  case weightMismatch(name: String, expected: Shape, found: Shape)
  /// An element of an item that should be an index, a whole number from zero, is none.
  case notAnIndex(position: Int, value: Float, most: Int)
  /// All positions of an item are masked, so that nothing is left to take a mean of.
  case everythingMasked(item: Int)
  /// Inputs that an operation on several of them cannot take together.
  case incompatibleShapes(operation: String, shapes: [Shape])
  /// Items that have another number of elements than the shape they are to get.
  case cannotReshape(from: Shape, to: [Int])

  /// The class of the failure.
  public var failureClass: FailureClass { .badData }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .rankMismatch(let window, let input):
      "a window over \(window) spatial axes cannot slide over an input with \(input) spatial axes"
    case .parameterOutOfRange(let name, let value, let least, let most):
      "a \(name) of \(value) is outside the range \(least) to \(most)"
    case .windowTooLarge(let axis, let window, let input):
      "a window that reaches over \(window) cells does not fit into \(input) cells along spatial axis \(axis)"
    case .channelMismatch(let expected, let found):
      "the operation takes \(expected) channels, but its input has \(found)"
    case .groupMismatch(let channels, let groups):
      "\(channels) channels cannot be divided into \(groups) groups"
    case .weightMismatch(let name, let expected, let found):
      "the \(name) should have shape \(expected), but has shape \(found)"
    case .notAnIndex(let position, let value, let most):
      "element \(position) of an item is \(value), where an index, a whole number from 0 to \(most), is needed"
    case .everythingMasked(let item):
      "item \(item) has no position that is not masked, so the mean of its positions does not exist"
    case .incompatibleShapes(let operation, let shapes):
      "the \(operation) cannot take items of \(shapes.map(\.item).joined(separator: " and "))"
    case .cannotReshape(let input, let target):
      "items of \(input.item) cannot be reshaped to \(target.map(String.init).joined(separator: "x"))"
    }
  }
}
