/// The functions and classes that a pickle may name; each is a case here, none is looked up or called.
enum PickleGlobal: Equatable {
  /// `numpy.ndarray`, only ever an argument.
  case arrayClass
  /// Makes an array without elements, whose state follows.
  case reconstruct
  /// Makes an array from a buffer.
  case fromBuffer
  /// Makes a NumPy scalar.
  case scalar
  /// Makes an element type.
  case type
  /// Turns text into bytes: how protocol 2 writes bytes.
  case encode
  /// Makes empty bytes: how protocol 2 writes them.
  case emptyBytes

  /// The permitted global of that name; nothing for any other.
  init?(module: String, name: String) {
    switch ("\(module).\(name)") {
    case "numpy.ndarray": self = .arrayClass
    case "numpy.dtype": self = .type
    case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct": self = .reconstruct
    case "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar": self = .scalar
    case "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer": self = .fromBuffer
    case "_codecs.encode": self = .encode
    case "__builtin__.bytes", "builtins.bytes": self = .emptyBytes
    default: return nil
    }
  }
}
