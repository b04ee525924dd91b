import HDF5Shims

/// The part of a data set that one call reads: everything, or some indices of the first axis.
struct Selection {
  let dataset: Handle
  let fileSpace: Handle
  let memorySpace: Handle
  /// The number of elements selected.
  let count: Int

  /// Opens the data set again and selects.
  init(of source: HDF5Dataset, rows: Range<Int>?) throws(HDF5Error) {
    let file = source.file
    let path = source.path
    dataset = try file.dataset(at: path)
    try Storage(of: dataset, in: file, at: path).requireFilters()
    fileSpace = try file.handle(H5Dget_space(dataset.id), at: path)
    var counts = source.shape.map { hsize_t($0) }
    if let rows {
      let available = source.shape.first ?? 0
      guard rows.isEmpty || (rows.lowerBound >= 0 && rows.upperBound <= available) else {
        throw .missingRows(file: file.path, path: path, rows: rows, available: available)
      }
      count = rows.isEmpty ? 0 : source.count / available * rows.count
    } else {
      count = source.count
    }
    guard count > 0 else {
      memorySpace = fileSpace
      return
    }
    if let rows {
      counts[0] = hsize_t(rows.count)
      let starts = [hsize_t(rows.lowerBound)] + [hsize_t](repeating: 0, count: counts.count - 1)
      guard H5Sselect_hyperslab(fileSpace.id, H5S_SELECT_SET, starts, nil, counts, nil) >= 0 else {
        throw file.damaged(at: path)
      }
    }
    memorySpace = try file.handle(
      counts.isEmpty ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(counts.count), counts, nil), at: path)
  }

  /// Reads what is selected, converted to `memoryType`; says whether that went well.
  func read(as memoryType: hid_t, into memory: UnsafeMutableRawPointer?) -> Bool {
    H5Dread(dataset.id, memoryType, memorySpace.id, fileSpace.id, 0, memory) >= 0
  }
}
