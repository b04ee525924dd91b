import HDF5Shims

/// A group of a file that is being written; usable only inside the closure of `HDF5File.write(to:_:)`.
public struct HDF5GroupWriter: Sendable {
  let file: NewFile
  /// The path inside the file, such as `/` or `/model_weights`.
  public let path: String

  /// The group at a path below this one, created where it is missing.
  ///
  /// - Parameter path: Relative, with `/` between names.
  /// - Returns: The group's writer.
  /// - Throws: `HDF5Error.notWritable` when a data set is in the way or the disk is full.
  @discardableResult
  public func group(_ path: String) throws(HDF5Error) -> HDF5GroupWriter {
    try Library.locked { () throws(HDF5Error) in
      var place = self.path
      for name in OpenFile.components(of: path) {
        try requireName(name)
        place = OpenFile.join(place, name)
        if H5Lexists(file.id, place, 0) > 0 {
          _ = try file.handle(H5Gopen2(file.id, place, 0), at: place)
        } else {
          _ = try file.handle(H5Gcreate2(file.id, place, file.linkCreation.id, 0, 0), at: place)
        }
      }
      return HDF5GroupWriter(file: file, path: place)
    }
  }

  /// Writes an attribute of this group, in place of one of the same name.
  ///
  /// - Parameters:
  ///   - name: The name of the attribute.
  ///   - value: The value; arrays of numbers are written with rank 1.
  ///   - layout: How text is laid out; without meaning for numbers.
  /// - Throws: `HDF5Error.notWritable` when a fixed-length or numeric value takes more than 64 512 bytes, a text
  ///   holds a zero byte, or the disk is full.
  public func setAttribute(
    _ name: String, to value: HDF5Attribute, layout: HDF5TextLayout = .variable
  ) throws(HDF5Error) {
    try NewAttribute(name: name, object: path, file: file).write(value, layout: layout)
  }

  /// The absolute path for a new data set.
  func place(for path: String) throws(HDF5Error) -> String {
    try requireName(path)
    return OpenFile.join(self.path, path)
  }

  private func requireName(_ name: String) throws(HDF5Error) {
    guard !name.contains("\0"), !OpenFile.components(of: name).isEmpty else {
      throw .notWritable(file: file.path, path: path, reason: "a name is empty or holds a zero byte")
    }
  }
}
