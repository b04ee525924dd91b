import TensorCore

/// What a file says about one of its arrays.
public struct ArrayEntry: Sendable, Hashable, CustomStringConvertible {
  /// The name that fetches it; names inside groups and nested dictionaries are joined by `/`.
  public let name: String
  /// The extents, outermost axis first; a scalar has none.
  public let shape: Shape
  /// The number type.
  public let kind: ElementKind

  /// Creates an entry.
  ///
  /// - Parameters:
  ///   - name: The name that fetches the array.
  ///   - shape: Its extents.
  ///   - kind: Its number type.
  public init(name: String, shape: Shape, kind: ElementKind) {
    self.name = name
    self.shape = shape
    self.kind = kind
  }

  /// The name with shape and kind, as `'x_test' (1000x40 float64)`.
  public var description: String { "'\(name)' (\(shape) \(kind))" }
}
