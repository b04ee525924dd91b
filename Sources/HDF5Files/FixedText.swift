import HDF5Shims

/// Text of fixed length: how long, and what fills the rest.
struct FixedText {
  /// The bytes of each text, padding included.
  let length: Int
  private let padding: H5T_str_t
  private let file: OpenFile
  private let path: String

  /// Reads the facts of a string type.
  init(_ type: Handle, in file: OpenFile, at path: String) throws(HDF5Error) {
    length = H5Tget_size(type.id)
    padding = H5Tget_strpad(type.id)
    self.file = file
    self.path = path
    guard length > 0 else { throw file.damaged(at: path) }
  }

  /// Cuts bytes into texts and takes their padding off.
  func strings(in bytes: [UInt8]) throws(HDF5Error) -> [String] {
    var strings: [String] = []
    strings.reserveCapacity(bytes.count / length)
    for start in stride(from: 0, to: bytes.count, by: length) {
      let content = trimmed(bytes[start..<start + length])
      guard let text = String(validating: content, as: UTF8.self) else {
        throw .notText(file: file.path, path: path)
      }
      strings.append(text)
    }
    return strings
  }

  private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    switch padding {
    case H5T_STR_NULLTERM: bytes.prefix { $0 != 0 }
    case H5T_STR_SPACEPAD: withoutTrailing(UInt8(ascii: " "), in: bytes)
    default: withoutTrailing(0, in: bytes)
    }
  }

  private func withoutTrailing(_ filler: UInt8, in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let last = bytes.lastIndex(where: { $0 != filler }) else { return [] }
    return bytes[...last]
  }
}
