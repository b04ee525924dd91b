/// The value of an attribute.
///
/// A scalar number and an array of one number are both arrays here; arrays of higher rank are flattened in row-major
/// order. An array without elements keeps the kind of its type: Keras writes an empty list as `doubles([])`.
public enum HDF5Attribute: Sendable, Equatable {
  /// One text.
  case string(String)
  /// An array of texts.
  case strings([String])
  /// Integers of any width.
  case integers([Int])
  /// Floating-point numbers of any width.
  case doubles([Double])
  /// Truth values as h5py writes them.
  case booleans([Bool])

  /// The text, when this is one text.
  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The texts, when this is a list of texts, one text, or an empty list of any type.
  public var texts: [String]? {
    switch self {
    case .string(let text): [text]
    case .strings(let texts): texts
    case .integers(let values): values.isEmpty ? [] : nil
    case .doubles(let values): values.isEmpty ? [] : nil
    case .booleans(let values): values.isEmpty ? [] : nil
    }
  }

  /// The numbers, when this is numeric.
  public var numbers: [Double]? {
    switch self {
    case .integers(let values): values.map(Double.init)
    case .doubles(let values): values
    case .booleans(let values): values.map { $0 ? 1 : 0 }
    case .string, .strings: nil
    }
  }
}
