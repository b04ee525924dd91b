import HDF5Shims

/// One attribute on its way into a file.
struct NewAttribute {
  let name: String
  /// The path of the object it belongs to.
  let object: String
  let file: NewFile

  /// What fits into an object's header in the oldest version of the format; Keras splits longer lists.
  private static let limit = 64_512

  private var path: String { "attribute '\(name)' of \(object)" }

  func write(_ value: HDF5Attribute, layout: HDF5TextLayout) throws(HDF5Error) {
    guard !name.isEmpty, !name.contains("\0") else {
      throw .notWritable(file: file.path, path: path, reason: "a name is empty or holds a zero byte")
    }
    try Library.locked { () throws(HDF5Error) in
      switch value {
      case .string(let text): try write([text], layout: layout, count: nil)
      case .strings(let texts): try write(texts, layout: layout, count: texts.count)
      case .integers(let values):
        try write(values.map(Int64.init), stored: hs_stored_int64(), memory: hs_native_int64())
      case .doubles(let values):
        try write(values, stored: hs_stored_float64(), memory: hs_native_double())
      case .booleans(let values):
        let type = try file.booleanType(at: path)
        try write(values.map { Int8($0 ? 1 : 0) }, stored: type.id, memory: type.id)
      }
    }
  }

  private func write(_ texts: [String], layout: HDF5TextLayout, count: Int?) throws(HDF5Error) {
    let text = NewText(texts, layout: layout)
    guard text.isWritable else {
      throw .notWritable(file: file.path, path: path, reason: "a text holds a zero byte")
    }
    let type = try text.type(for: file, at: path)
    let attribute = try create(type.id, count: count, bytes: texts.count * text.elementSize)
    guard texts.isEmpty || text.withElements({ H5Awrite(attribute.id, type.id, $0) }) >= 0 else {
      throw file.notWritable(path)
    }
  }

  private func write<Element: BitwiseCopyable>(
    _ values: [Element], stored: hid_t, memory: hid_t
  ) throws(HDF5Error) {
    let bytes = values.count * MemoryLayout<Element>.stride
    let attribute = try create(stored, count: values.count, bytes: bytes)
    guard values.isEmpty || H5Awrite(attribute.id, memory, values) >= 0 else {
      throw file.notWritable(path)
    }
  }

  /// Makes the attribute: a scalar without `count`, else an array of rank 1.
  private func create(_ type: hid_t, count: Int?, bytes: Int) throws(HDF5Error) -> Handle {
    guard bytes <= Self.limit else {
      throw .notWritable(
        file: file.path, path: path,
        reason: "its \(bytes) bytes are more than \(Self.limit), the most an attribute can hold")
    }
    let owner = try file.handle(H5Oopen(file.id, object, 0), at: object)
    if H5Aexists(owner.id, name) > 0, H5Adelete(owner.id, name) < 0 { throw file.notWritable(path) }
    let space = try file.space(count.map { [$0] } ?? [], at: path)
    return try file.handle(H5Acreate2(owner.id, name, type, space.id, 0, 0), at: path)
  }
}
