import HDF5Shims

/// How the elements of a data set are stored, and how much of them a file can hold at most.
///
/// The limits: data that are stored as they are, the bytes they take; compressed data, 1032 times that (the highest
/// ratio of deflate, of which one pass is accepted at most); data that were never written and read as a constant,
/// 64 MiB. Chunks: one for every eight bytes of the file (the least that one takes in an index), or 65 536.
struct Storage {
  private let dataset: Handle
  private let creation: Handle
  private let file: OpenFile
  private let path: String

  private static let highestRatio = 1032
  private static let unwrittenBytes = 64 << 20
  private static let unwrittenChunks = 1 << 16

  init(of dataset: Handle, in file: OpenFile, at path: String) throws(HDF5Error) {
    self.dataset = dataset
    self.file = file
    self.path = path
    creation = try file.handle(hs_creation_list(dataset.id), at: path)
  }

  /// Throws when the data live in another file; must come before anything else is asked of a data set.
  func requireInside() throws(HDF5Error) {
    if H5Pget_layout(creation.id) == H5D_VIRTUAL {
      throw .outsideFile(file: file.path, path: path, found: "a view of data in other files")
    }
    if H5Pget_external_count(creation.id) > 0 {
      throw .outsideFile(file: file.path, path: path, found: "data kept in another file")
    }
  }

  /// Throws when a data set claims more than the file can hold.
  func require(_ extent: Extent, elementSize: Int) throws(HDF5Error) {
    let stored = min(Int(clamping: H5Dget_storage_size(dataset.id)), file.size)
    let isChunked = H5Pget_layout(creation.id) == H5D_CHUNKED
    let ratio = isChunked && H5Pget_nfilters(creation.id) > 0 ? Self.highestRatio : 1
    let limit = isChunked || stored == 0 ? max(stored * ratio, Self.unwrittenBytes) : stored
    guard extent.bytes <= limit else { throw oversized("\(extent.bytes) bytes", limit: limit) }
    if isChunked { try requireChunks(extent, elementSize: elementSize, limit: limit) }
  }

  private func requireChunks(_ extent: Extent, elementSize: Int, limit: Int) throws(HDF5Error) {
    var chunk = [hsize_t](repeating: 0, count: Int(H5S_MAX_RANK))
    let rank = H5Pget_chunk(creation.id, H5S_MAX_RANK, &chunk)
    guard rank == extent.shape.count, !chunk.prefix(Int(rank)).contains(0) else {
      throw file.damaged(at: path)
    }
    var bytes = elementSize
    var chunks = 1
    for (size, length) in zip(extent.shape, chunk) {
      let length = Int(clamping: length)
      let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
      bytes = overflow ? .max : product
      // No overflow: the product of the extents fits into `Int`.
      chunks *= max(1, size / length + (size % length == 0 ? 0 : 1))
    }
    guard bytes <= limit else { throw oversized("chunks of \(bytes) bytes", limit: limit) }
    guard chunks <= max(file.size / 8, Self.unwrittenChunks) else {
      throw oversized("\(chunks) chunks", limit: limit)
    }
  }

  /// Throws when a filter is missing, or when deflate is applied twice.
  func requireFilters() throws(HDF5Error) {
    let count = H5Pget_nfilters(creation.id)
    guard count >= 0 else { throw file.damaged(at: path) }
    var passes = 0
    for index in 0..<UInt32(count) {
      var flags = UInt32(0)
      var values = 0
      var name = [CChar](repeating: 0, count: 64)
      let filter = H5Pget_filter2(creation.id, index, &flags, &values, nil, name.count - 1, &name, nil)
      guard filter >= 0 else { throw file.damaged(at: path) }
      guard H5Zfilter_avail(filter) > 0 else {
        let text = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        throw .unusableFilter(file: file.path, path: path, filter: "filter \(filter) '\(text)'")
      }
      passes += filter == H5Z_FILTER_DEFLATE ? 1 : 0
    }
    guard passes <= 1 else {
      throw .unusableFilter(file: file.path, path: path, filter: "\(passes) passes of deflate")
    }
  }

  private func oversized(_ claimed: String, limit: Int) -> HDF5Error {
    .oversized(file: file.path, path: path, claimed: claimed, limit: limit)
  }
}
