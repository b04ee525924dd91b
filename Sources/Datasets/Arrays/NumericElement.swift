/// A Swift number type that has an `ElementKind` of its own.
public protocol NumericElement: BitwiseCopyable, Sendable {
  /// The kind under which elements of this type are stored.
  static var elementKind: ElementKind { get }
}

extension Int8: NumericElement {
  /// `int8`.
  public static var elementKind: ElementKind { .int8 }
}
extension Int16: NumericElement {
  /// `int16`.
  public static var elementKind: ElementKind { .int16 }
}
extension Int32: NumericElement {
  /// `int32`.
  public static var elementKind: ElementKind { .int32 }
}
extension Int64: NumericElement {
  /// `int64`.
  public static var elementKind: ElementKind { .int64 }
}
extension UInt8: NumericElement {
  /// `uint8`.
  public static var elementKind: ElementKind { .uint8 }
}
extension UInt16: NumericElement {
  /// `uint16`.
  public static var elementKind: ElementKind { .uint16 }
}
extension UInt32: NumericElement {
  /// `uint32`.
  public static var elementKind: ElementKind { .uint32 }
}
extension UInt64: NumericElement {
  /// `uint64`.
  public static var elementKind: ElementKind { .uint64 }
}
extension Float16: NumericElement {
  /// `float16`.
  public static var elementKind: ElementKind { .float16 }
}
extension Float: NumericElement {
  /// `float32`.
  public static var elementKind: ElementKind { .float32 }
}
extension Double: NumericElement {
  /// `float64`.
  public static var elementKind: ElementKind { .float64 }
}
