import HDF5Shims

/// Text as a file stores it: what to read as which type, and how to make strings of the bytes.
enum StoredText {
  case fixed(FixedText, type: Handle)
  case variable(VariableText, type: Handle)

  /// Reads the facts of a string type.
  init(_ type: Handle, in file: OpenFile, at path: String) throws(HDF5Error) {
    if H5Tis_variable_str(type.id) > 0 {
      let text = VariableText(file: file, path: path)
      self = .variable(
        text, type: try file.handle(H5Tcreate(H5T_OPAQUE, text.referenceSize), at: path))
    } else {
      self = .fixed(try FixedText(type, in: file, at: path), type: type)
    }
  }

  /// The type to ask of libhdf5.
  var memoryType: hid_t {
    switch self {
    case .fixed(_, let type), .variable(_, let type): type.id
    }
  }

  /// The bytes of one element of that type.
  var elementSize: Int {
    switch self {
    case .fixed(let text, _): text.length
    case .variable(let text, _): text.referenceSize
    }
  }

  /// The strings that elements of that type stand for.
  func strings(in bytes: [UInt8]) throws(HDF5Error) -> [String] {
    switch self {
    case .fixed(let text, _): try text.strings(in: bytes)
    case .variable(let text, _): try text.strings(in: bytes)
    }
  }
}
