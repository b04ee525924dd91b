import HDF5Shims

/// Texts on their way into a file.
struct NewText {
  private let texts: [String]
  private let layout: HDF5TextLayout
  /// The bytes of each element.
  let elementSize: Int

  /// Takes texts to be written in a layout.
  init(_ texts: [String], layout: HDF5TextLayout) {
    self.texts = texts
    self.layout = layout
    elementSize = layout == .variable ? 16 : max(1, texts.map(\.utf8.count).max() ?? 1)
  }

  /// Whether the layout can carry every text: none holds a zero byte.
  var isWritable: Bool { !texts.contains { $0.utf8.contains(0) } }

  /// The type of libhdf5 for these texts.
  func type(for file: NewFile, at path: String) throws(HDF5Error) -> Handle {
    let type = try file.handle(H5Tcopy(hs_c_string()), at: path)
    let isUnicode = layout == .variable || texts.contains { $0.utf8.contains { $0 > 127 } }
    guard H5Tset_size(type.id, layout == .variable ? hs_variable_length() : elementSize) >= 0,
      H5Tset_strpad(type.id, layout == .variable ? H5T_STR_NULLTERM : H5T_STR_NULLPAD) >= 0,
      H5Tset_cset(type.id, isUnicode ? H5T_CSET_UTF8 : H5T_CSET_ASCII) >= 0
    else { throw file.notWritable(path) }
    return type
  }

  /// Gives the elements, in the memory that libhdf5 expects for the type, to `body`.
  func withElements<Result>(_ body: (UnsafeRawPointer?) -> Result) -> Result {
    var bytes: [UInt8] = []
    switch layout {
    case .fixed:
      for text in texts {
        bytes += text.utf8
        bytes += [UInt8](repeating: 0, count: elementSize - text.utf8.count)
      }
      return bytes.withUnsafeBytes { body($0.baseAddress) }
    case .variable:
      var starts: [Int] = []
      for text in texts {
        starts.append(bytes.count)
        bytes += text.utf8
        bytes.append(0)
      }
      return bytes.withUnsafeBytes { all in
        starts.map { all.baseAddress?.advanced(by: $0) }.withUnsafeBytes { body($0.baseAddress) }
      }
    }
  }
}
