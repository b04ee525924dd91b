/// How the elements of a data set are packed when they are written.
public enum HDF5Compression: Sendable, Equatable {
  /// As they are, in one piece.
  case none
  /// In chunks, with bytes of equal weight brought together (shuffle) and then deflated, level 0 to 9.
  case gzip(level: Int)

  /// Deflate at level 4, the default of h5py.
  public static let gzip = HDF5Compression.gzip(level: 4)

  /// The most bytes in one chunk, before compression.
  static let chunkLimit = 256 << 10

  /// The extents of the chunks: whole rows where they fit, cut along the outer axes first where they do not.
  static func chunk(for shape: [Int], elementSize: Int) -> [Int] {
    var chunk = shape
    for axis in shape.indices {
      let inner = chunk[(axis + 1)...].reduce(elementSize, *)
      chunk[axis] = max(1, min(shape[axis], chunkLimit / inner))
      if chunk[axis] > 1 { break }
    }
    return chunk
  }
}
