/// An HDF5 file, open for reading.
///
/// The file is closed when the last value that was taken from it (group or data set) is gone. Values may be used from
/// any thread; calls into libhdf5 run one at a time. A damaged file can crash libhdf5 itself: programs that read files from
/// strangers call `HDF5Rehearsal.install()` when they start.
public final class HDF5File: Sendable {
  /// The path that was opened.
  public let path: String
  /// The group `/`, from which everything is reached.
  public let root: HDF5Group

  /// Opens a file for reading.
  ///
  /// - Parameter path: The path of a regular file.
  /// - Throws: `HDF5Error` when the file is missing, cannot be read, is not HDF5, or is cut short.
  public init(reading path: String) throws(HDF5Error) {
    try HDF5Rehearsal.require(.file(path), path: path)
    let file = try Library.locked { () throws(HDF5Error) in try OpenFile(reading: path) }
    self.path = path
    root = HDF5Group(file: file, path: "/")
  }

  /// Opens a file that is in memory, such as an entry of an archive.
  ///
  /// - Parameters:
  ///   - image: The bytes of the file.
  ///   - path: What messages call it.
  /// - Throws: `HDF5Error` when the bytes are not HDF5, or are cut short.
  public init(image: [UInt8], path: String) throws(HDF5Error) {
    try HDF5Rehearsal.require(.image(image), path: path)
    let file = try Library.locked { () throws(HDF5Error) in try OpenFile(image: image, path: path) }
    self.path = path
    root = HDF5Group(file: file, path: "/")
  }
}
