/// The kind of number that an array file stores, named as NumPy names it.
public enum ElementKind: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// True or false, one byte each.
  case bool
  /// Signed integers of 8 bits.
  case int8
  /// Signed integers of 16 bits.
  case int16
  /// Signed integers of 32 bits.
  case int32
  /// Signed integers of 64 bits.
  case int64
  /// Unsigned integers of 8 bits.
  case uint8
  /// Unsigned integers of 16 bits.
  case uint16
  /// Unsigned integers of 32 bits.
  case uint32
  /// Unsigned integers of 64 bits.
  case uint64
  /// Floating-point numbers of 16 bits.
  case float16
  /// Floating-point numbers of 32 bits.
  case float32
  /// Floating-point numbers of 64 bits.
  case float64

  /// The number of bytes of one element.
  public var byteCount: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16, .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// Whether elements may have a fraction.
  public var isFloatingPoint: Bool { self == .float16 || self == .float32 || self == .float64 }

  /// The name, such as `float64`.
  public var description: String { rawValue }
}
