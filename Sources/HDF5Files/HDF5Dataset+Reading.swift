import HDF5Shims

extension HDF5Dataset {
  /// All elements as `Float`, in row-major order, converted from any numeric type.
  ///
  /// - Throws: `HDF5Error` when the elements are not numbers or the data are damaged.
  public func floats() throws(HDF5Error) -> [Float] {
    try numbers(rows: nil, as: hs_native_float())
  }

  /// All elements as `Float`, in row-major order, converted from any numeric type and written to memory of the caller.
  ///
  /// - Parameter memory: Room for exactly `count` elements, all of which are initialised unless an error is thrown.
  /// - Throws: `HDF5Error` when the elements are not numbers or the data are damaged.
  public func floats(into memory: UnsafeMutableBufferPointer<Float>) throws(HDF5Error) {
    precondition(memory.count == count, "\(count) elements do not fit into memory for \(memory.count)")
    guard elementType.isNumeric, elementType != .boolean else {
      _ = memory.initialize(from: try floats())
      return
    }
    try Library.locked { () throws(HDF5Error) in
      let selection = try Selection(of: self, rows: nil)
      guard selection.count > 0 else { return }
      guard selection.read(as: hs_native_float(), into: memory.baseAddress) else {
        throw file.damaged(at: path)
      }
    }
  }

  /// The elements of some rows (indices of the first axis) as `Float`, in row-major order.
  ///
  /// - Throws: `HDF5Error` when the elements are not numbers, the rows are not there, or the data are damaged.
  public func floats(rows: Range<Int>) throws(HDF5Error) -> [Float] {
    try numbers(rows: rows, as: hs_native_float())
  }

  /// All elements as `Double`, in row-major order, converted from any numeric type.
  ///
  /// - Throws: `HDF5Error` when the elements are not numbers or the data are damaged.
  public func doubles() throws(HDF5Error) -> [Double] {
    try numbers(rows: nil, as: hs_native_double())
  }

  /// The elements of some rows (indices of the first axis) as `Double`, in row-major order.
  ///
  /// - Throws: `HDF5Error` when the elements are not numbers, the rows are not there, or the data are damaged.
  public func doubles(rows: Range<Int>) throws(HDF5Error) -> [Double] {
    try numbers(rows: rows, as: hs_native_double())
  }

  /// All elements as `Int`, in row-major order, from any integer type or truth values (0 and 1).
  ///
  /// Floating-point numbers are refused rather than cut: read them with `doubles()`.
  ///
  /// - Throws: `HDF5Error` when the elements are not integers, one does not fit, or the data are damaged.
  public func integers() throws(HDF5Error) -> [Int] {
    try wholeNumbers(rows: nil)
  }

  /// The elements of some rows (indices of the first axis) as `Int`, in row-major order.
  ///
  /// - Throws: `HDF5Error` when the elements are not integers, one does not fit, the rows are not there, or the data
  ///   are damaged.
  public func integers(rows: Range<Int>) throws(HDF5Error) -> [Int] {
    try wholeNumbers(rows: rows)
  }

  private func numbers<Element: BinaryFloatingPoint>(
    rows: Range<Int>?, as memoryType: hid_t
  ) throws(HDF5Error) -> [Element] {
    guard elementType.isNumeric else {
      throw .wrongType(file: file.path, path: path, expected: "numbers", found: elementType.name)
    }
    if elementType == .boolean { return try wholeNumbers(rows: rows).map { Element($0) } }
    return try elements(rows: rows, as: memoryType)
  }

  private func wholeNumbers(rows: Range<Int>?) throws(HDF5Error) -> [Int] {
    switch elementType {
    case .boolean:
      let bytes: [Int8] = try elements(rows: rows, as: hs_native_int8())
      return bytes.map { $0 == 0 ? 0 : 1 }
    case .integer(bits: 64, signed: false):
      let values: [UInt64] = try elements(rows: rows, as: hs_native_uint64())
      if let value = values.first(where: { $0 > UInt64(Int.max) }) {
        throw .outOfRange(file: file.path, path: path, value: value)
      }
      return values.map { Int($0) }
    case .integer:
      return try elements(rows: rows, as: hs_native_int64())
    case .float, .string, .other:
      throw .wrongType(file: file.path, path: path, expected: "integers", found: elementType.name)
    }
  }

  /// Reads elements of a plain type, converted by libhdf5 to `memoryType`, which must be the layout of `Element`.
  private func elements<Element>(
    rows: Range<Int>?, as memoryType: hid_t
  ) throws(HDF5Error) -> [Element] {
    try Library.locked { () throws(HDF5Error) in
      let selection = try Selection(of: self, rows: rows)
      guard selection.count > 0 else { return [] }
      var isRead = false
      let elements = [Element](unsafeUninitializedCapacity: selection.count) { buffer, filled in
        isRead = selection.read(as: memoryType, into: buffer.baseAddress)
        filled = isRead ? selection.count : 0
      }
      guard isRead else { throw file.damaged(at: path) }
      return elements
    }
  }
}
