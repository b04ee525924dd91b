import HDF5Shims

extension HDF5GroupWriter {
  /// Writes a data set of 32-bit floats.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order.
  ///   - shape: The extents, whose product is the number of elements; empty for a scalar.
  ///   - path: The place below this group; missing groups on the way are made.
  ///   - compression: How to pack the elements.
  /// - Throws: `HDF5Error.notWritable` when something is there already, or the disk is full.
  public func write(
    _ values: [Float], shape: [Int], to path: String, compression: HDF5Compression = .none
  ) throws(HDF5Error) {
    try write(
      values, stored: hs_stored_float32(), memory: hs_native_float(), shape: shape, to: path,
      compression: compression)
  }

  /// Writes a data set of 64-bit floats.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order.
  ///   - shape: The extents, whose product is the number of elements; empty for a scalar.
  ///   - path: The place below this group; missing groups on the way are made.
  ///   - compression: How to pack the elements.
  /// - Throws: `HDF5Error.notWritable` when something is there already, or the disk is full.
  public func write(
    _ values: [Double], shape: [Int], to path: String, compression: HDF5Compression = .none
  ) throws(HDF5Error) {
    try write(
      values, stored: hs_stored_float64(), memory: hs_native_double(), shape: shape, to: path,
      compression: compression)
  }

  /// Writes a data set of signed 64-bit integers.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order.
  ///   - shape: The extents, whose product is the number of elements; empty for a scalar.
  ///   - path: The place below this group; missing groups on the way are made.
  ///   - compression: How to pack the elements.
  /// - Throws: `HDF5Error.notWritable` when something is there already, or the disk is full.
  public func write(
    _ values: [Int], shape: [Int], to path: String, compression: HDF5Compression = .none
  ) throws(HDF5Error) {
    try write(
      values, stored: hs_stored_int64(), memory: hs_native_int64(), shape: shape, to: path,
      compression: compression)
  }

  /// Writes a data set of texts, each with a length of its own.
  ///
  /// - Parameters:
  ///   - texts: The elements in row-major order.
  ///   - shape: The extents, whose product is the number of elements; empty for a scalar.
  ///   - path: The place below this group; missing groups on the way are made.
  /// - Throws: `HDF5Error.notWritable` when a text holds a zero byte, something is there already, or the disk is full.
  public func write(_ texts: [String], shape: [Int], to path: String) throws(HDF5Error) {
    let place = try place(for: path)
    let text = NewText(texts, layout: .variable)
    guard text.isWritable else {
      throw .notWritable(file: file.path, path: place, reason: "a text holds a zero byte")
    }
    try Library.locked { () throws(HDF5Error) in
      let type = try text.type(for: file, at: place)
      let dataset = try create(type.id, shape: shape, count: texts.count, at: place, compression: .none)
      guard texts.isEmpty || text.withElements({ H5Dwrite(dataset.id, type.id, 0, 0, 0, $0) }) >= 0 else {
        throw file.notWritable(place)
      }
    }
  }

  /// Writes an attribute of a data set below this group, in place of one of the same name.
  ///
  /// - Parameters:
  ///   - name: The name of the attribute.
  ///   - value: The value; arrays of numbers are written with rank 1.
  ///   - path: The place of the data set, or of a group, below this group.
  ///   - layout: How text is laid out; without meaning for numbers.
  /// - Throws: `HDF5Error.notWritable`, as for the group's own attributes, and when nothing is at `path`.
  public func setAttribute(
    _ name: String, to value: HDF5Attribute, at path: String, layout: HDF5TextLayout = .variable
  ) throws(HDF5Error) {
    try NewAttribute(name: name, object: place(for: path), file: file).write(value, layout: layout)
  }

  private func write<Element: BitwiseCopyable>(
    _ values: [Element], stored: hid_t, memory: hid_t, shape: [Int], to path: String,
    compression: HDF5Compression
  ) throws(HDF5Error) {
    let place = try place(for: path)
    try Library.locked { () throws(HDF5Error) in
      let dataset = try create(
        stored, shape: shape, count: values.count, at: place, compression: compression)
      guard values.isEmpty || H5Dwrite(dataset.id, memory, 0, 0, 0, values) >= 0 else {
        throw file.notWritable(place)
      }
    }
  }

  private func create(
    _ type: hid_t, shape: [Int], count: Int, at place: String, compression: HDF5Compression
  ) throws(HDF5Error) -> Handle {
    precondition(
      shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == count,
      "shape \(shape) does not hold \(count) elements")
    let creation = try file.handle(H5Pcreate(hs_dataset_creation_class()), at: place)
    guard H5Pset_obj_track_times(creation.id, false) >= 0 else { throw file.notWritable(place) }
    if case .gzip(let level) = compression, count > 0, !shape.isEmpty {
      precondition((0...9).contains(level), "deflate has levels 0 to 9, not \(level)")
      let chunk = HDF5Compression.chunk(for: shape, elementSize: H5Tget_size(type)).map { hsize_t($0) }
      guard H5Pset_chunk(creation.id, Int32(chunk.count), chunk) >= 0, H5Pset_shuffle(creation.id) >= 0,
        H5Pset_deflate(creation.id, UInt32(level)) >= 0
      else { throw file.notWritable(place) }
    }
    let space = try file.space(shape, at: place)
    return try file.handle(
      H5Dcreate2(file.id, place, type, space.id, file.linkCreation.id, creation.id, 0), at: place)
  }
}
