/// A value on the stack of the pickle reader.
///
/// Containers are numbers of entries in a `PickleHeap`: they can be shared and contain themselves as in
/// Python, and nothing is ever released recursively.
enum PickleValue {
  case none
  case truth(Bool)
  case integer(Int)
  case real(Double)
  case text(PickleText)
  case bytes(PickleText)
  case list(Int)
  case tuple(Int)
  case dictionary(Int)
  case global(PickleGlobal)
  case type(Int)
  case array(Int)
}

/// A run of characters or bytes, left where it lies in the file until it is needed.
struct PickleText: Equatable {
  /// How the bytes in the file stand for bytes.
  enum Encoding {
    /// As they are; for text this is UTF-8.
    case plain
    /// As UTF-8 text of which each character up to U+00FF is one byte: how protocol 2 writes bytes.
    case latin1
  }

  let place: Range<Int>
  var encoding = Encoding.plain

  /// The bytes meant; nothing when the text is not what the encoding says.
  func bytes(in file: [UInt8]) -> [UInt8]? {
    if encoding == .plain { return Array(file[place]) }
    guard let text = String(validating: file[place], as: UTF8.self) else { return nil }
    let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
    return bytes.count == text.unicodeScalars.count ? bytes : nil
  }

  /// The text meant.
  func text(in file: [UInt8]) -> String? { String(validating: file[place], as: UTF8.self) }
}

/// The containers of a pickle, held in flat lists.
struct PickleHeap {
  var lists: [[PickleValue]] = []
  var tuples: [[PickleValue]] = []
  var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []
  var types: [PickledType] = []
  var arrays: [PickledArray] = []
}

/// An element type under construction.
struct PickledType {
  /// As the file names it, such as `f8` or `O8`.
  var name: String
  /// What it is, when it is a type that is read.
  var type: NumPyType?
}

/// A NumPy array or scalar under construction.
struct PickledArray {
  /// The extents; none for a scalar.
  var extents: [Int] = []
  /// The number of the element type in the heap; nothing before the array was given its state.
  var type: Int?
  /// Whether the first axis runs fastest.
  var isFortranOrder = false
  /// The elements; nothing when they are not plain bytes.
  var elements: PickleText?
}

extension PickleValue {
  /// The name of the value's class in Python.
  var typeName: String {
    switch self {
    case .none: "NoneType"
    case .truth: "bool"
    case .integer: "int"
    case .real: "float"
    case .text: "str"
    case .bytes: "bytes"
    case .list: "list"
    case .tuple: "tuple"
    case .dictionary: "dict"
    case .global: "function"
    case .type: "numpy.dtype"
    case .array: "numpy.ndarray"
    }
  }
}
