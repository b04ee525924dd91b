import HDF5Shims

/// An attribute as libhdf5 holds it, on the way to `HDF5Attribute`.
struct StoredAttribute {
  private let attribute: Handle
  private let type: Handle
  private let extent: Extent
  private let file: OpenFile
  private let path: String

  init(_ attribute: Handle, in file: OpenFile, at path: String) throws(HDF5Error) {
    self.attribute = attribute
    self.file = file
    self.path = path
    type = try file.handle(H5Aget_type(attribute.id), at: path)
    let space = try file.handle(H5Aget_space(attribute.id), at: path)
    extent = try Extent(of: space, elementSize: H5Tget_size(type.id), in: file, at: path)
    // Attributes are never compressed.
    guard extent.bytes <= file.size else {
      throw .oversized(file: file.path, path: path, claimed: "\(extent.bytes) bytes", limit: file.size)
    }
  }

  /// Reads the value.
  func value() throws(HDF5Error) -> HDF5Attribute {
    let elementType = HDF5ElementType(of: type)
    switch elementType {
    case .string:
      let strings = try strings()
      return extent.shape.isEmpty ? .string(strings[0]) : .strings(strings)
    case .boolean:
      let bytes: [Int8] = try elements(as: hs_native_int8())
      return .booleans(bytes.map { $0 != 0 })
    case .integer(bits: 64, signed: false):
      let values: [UInt64] = try elements(as: hs_native_uint64())
      if let value = values.first(where: { $0 > UInt64(Int.max) }) {
        throw .outOfRange(file: file.path, path: path, value: value)
      }
      return .integers(values.map { Int($0) })
    case .integer: return .integers(try elements(as: hs_native_int64()))
    case .float: return .doubles(try elements(as: hs_native_double()))
    case .other(let name):
      throw .wrongType(file: file.path, path: path, expected: "numbers or text", found: name)
    }
  }

  private func elements<Element>(as memoryType: hid_t) throws(HDF5Error) -> [Element] {
    guard extent.count > 0 else { return [] }
    var status = herr_t(0)
    let elements = [Element](unsafeUninitializedCapacity: extent.count) { buffer, filled in
      status = H5Aread(attribute.id, memoryType, buffer.baseAddress)
      filled = status >= 0 ? extent.count : 0
    }
    guard status >= 0 else { throw file.damaged(at: path) }
    return elements
  }

  private func strings() throws(HDF5Error) -> [String] {
    guard extent.count > 0 else { return [] }
    let text = try StoredText(type, in: file, at: path)
    var bytes = [UInt8](repeating: 0, count: extent.count * text.elementSize)
    guard H5Aread(attribute.id, text.memoryType, &bytes) >= 0 else { throw file.damaged(at: path) }
    return try text.strings(in: bytes)
  }
}
