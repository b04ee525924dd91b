/// What the elements of a data set are.
public enum HDF5ElementType: Sendable, Equatable {
  /// IEEE floating point of 16, 32 or 64 bits, or bfloat16 (16 bits).
  case float(bits: Int)
  /// An integer of 8, 16, 32 or 64 bits.
  case integer(bits: Int, signed: Bool)
  /// Text, of fixed or variable length.
  case string
  /// The two-valued enumeration that h5py writes for Boolean arrays.
  case boolean
  /// Anything else, by name; it cannot be read.
  case other(String)

  /// Whether `floats()` and `doubles()` can read it.
  public var isNumeric: Bool {
    switch self {
    case .float, .integer, .boolean: true
    case .string, .other: false
    }
  }

  /// A short name, such as "32-bit float".
  public var name: String {
    switch self {
    case .float(let bits): "\(bits)-bit float"
    case .integer(let bits, signed: true): "\(bits)-bit integer"
    case .integer(let bits, signed: false): "unsigned \(bits)-bit integer"
    case .string: "text"
    case .boolean: "Boolean"
    case .other(let name): name
    }
  }
}
