import HDF5Shims

/// The extents of a data space.
struct Extent {
  let shape: [Int]
  /// The product of `shape`.
  let count: Int
  /// The bytes that the elements take in the file's own type.
  let bytes: Int

  /// Reads the extents; an empty data space counts as shape `[0]`.
  init(of space: Handle, elementSize: Int, in file: OpenFile, at path: String) throws(HDF5Error) {
    if H5Sget_simple_extent_type(space.id) == H5S_NULL {
      (shape, count, bytes) = ([0], 0, 0)
      return
    }
    let rank = H5Sget_simple_extent_ndims(space.id)
    guard rank >= 0 else { throw file.damaged(at: path) }
    var dimensions = [hsize_t](repeating: 0, count: Int(rank))
    guard H5Sget_simple_extent_dims(space.id, &dimensions, nil) >= 0 else { throw file.damaged(at: path) }
    shape = dimensions.map { Int(clamping: $0) }
    var product = 1
    // A zero must not hide extents that overflow, for whoever multiplies them would trap; and the elements must fit
    // into memory as any type.
    for extent in shape.map({ max($0, 1) }) + [max(elementSize, 16)] {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      guard !overflow else {
        throw .oversized(file: file.path, path: path, claimed: "extents \(dimensions)", limit: file.size)
      }
      product = next
    }
    count = shape.reduce(1, *)
    bytes = count * elementSize
  }
}
