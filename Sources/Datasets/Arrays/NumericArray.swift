import TensorCore

/// An array of numbers as a file holds it: any rank, any number type, nothing converted.
///
/// Elements lie in row-major order and in the byte order of the machine. The number type of the file is kept,
/// so that 64-bit values keep their precision and 8-bit images their size; `doubles()`, `floats()`,
/// `integers()` and `tensor()` convert. Arrays are equal when shape, number type and bytes are.
public struct NumericArray: Sendable, Hashable {
  /// The extents, outermost axis first; a scalar has none.
  public let shape: Shape
  /// The number type of the elements.
  public let kind: ElementKind
  /// The elements in row-major order, in the byte order of the machine.
  public let bytes: [UInt8]

  /// Creates an array from its elements.
  ///
  /// - Parameters:
  ///   - shape: The extents.
  ///   - values: Exactly `shape.count` elements in row-major order.
  public init<Element: NumericElement>(_ shape: Shape, _ values: [Element]) {
    precondition(values.count == shape.count, "\(values.count) values do not fill an array of \(shape)")
    self.init(shape, Element.elementKind, values.withUnsafeBytes { Array($0) })
  }

  /// Creates an array from the bytes of its elements.
  ///
  /// - Parameters:
  ///   - shape: The extents.
  ///   - kind: The number type.
  ///   - bytes: Exactly `shape.count` elements in row-major order, in the byte order of the machine.
  package init(_ shape: Shape, _ kind: ElementKind, _ bytes: [UInt8]) {
    precondition(
      bytes.count == shape.count * kind.byteCount, "\(bytes.count) bytes do not fill \(shape) of \(kind)")
    self.shape = shape
    self.kind = kind
    self.bytes = bytes
  }

  /// The number of elements.
  public var count: Int { shape.count }

  /// The number of rows: the extent of the first axis, 1 for a scalar.
  public var rowCount: Int { shape.rank == 0 ? 1 : shape[0] }

  /// The rows at `indices`, in that order, as an array of their own.
  ///
  /// Each lies within `0..<rowCount`; `ItemSelection` checks what a user asks for.
  public func rows(_ indices: [Int]) -> NumericArray {
    precondition(shape.rank >= 1, "a scalar has no rows")
    let size = shape.itemCount * kind.byteCount
    var chosen: [UInt8] = []
    chosen.reserveCapacity(indices.count * size)
    for index in indices {
      precondition(index >= 0 && index < rowCount, "row \(index) is not in an array of \(shape)")
      chosen += bytes[(index * size)..<((index + 1) * size)]
    }
    return NumericArray(shape.with(batch: indices.count), kind, chosen)
  }
}
