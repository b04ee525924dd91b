import HDF5Shims

extension HDF5Dataset {
  /// All elements as text, in row-major order, without the padding of fixed lengths.
  ///
  /// - Throws: `HDF5Error` when the elements are not text, not UTF-8, or the data are damaged.
  public func strings() throws(HDF5Error) -> [String] {
    try strings(inRows: nil)
  }

  /// The elements of some rows (indices of the first axis) as text, in row-major order.
  ///
  /// - Throws: `HDF5Error` when the elements are not text, not UTF-8, the rows are not there, or the data are damaged.
  public func strings(rows: Range<Int>) throws(HDF5Error) -> [String] {
    try strings(inRows: rows)
  }

  private func strings(inRows rows: Range<Int>?) throws(HDF5Error) -> [String] {
    guard elementType == .string else {
      throw .wrongType(file: file.path, path: path, expected: "text", found: elementType.name)
    }
    return try Library.locked { () throws(HDF5Error) in
      let selection = try Selection(of: self, rows: rows)
      guard selection.count > 0 else { return [] }
      let type = try file.handle(H5Dget_type(selection.dataset.id), at: path)
      let text = try StoredText(type, in: file, at: path)
      var bytes = [UInt8](repeating: 0, count: selection.count * text.elementSize)
      let status = hs_read(
        selection.dataset.id, text.memoryType, selection.memorySpace.id, selection.fileSpace.id, &bytes)
      guard status >= 0 else { throw file.damaged(at: path) }
      return try text.strings(in: bytes)
    }
  }
}
