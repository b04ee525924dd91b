import HDF5Files

extension NumericArray {
  /// Writes the array as a data set: whole numbers with 64 bits, the others with their own precision at least.
  func write(
    to group: HDF5GroupWriter, _ name: String, compression: HDF5Compression = .none
  ) throws {
    if let integers = kind.isFloatingPoint ? nil : integers() {
      try group.write(integers, shape: shape.extents, to: name, compression: compression)
    } else {
      try group.write(doubles(), shape: shape.extents, to: name, compression: compression)
    }
  }
}
