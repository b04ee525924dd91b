import Boundary
import HDF5Shims

extension HDF5File {
  /// Writes a new file, whole or not at all.
  ///
  ///     try HDF5File.write(to: "signals.h5") { root in
  ///       try root.write(values, shape: [100, 40], to: "x")
  ///       try root.setAttribute("source", to: .string("mnist1d"))
  ///     }
  ///
  /// The file keeps to the oldest version of the format, as h5py and Keras do, and holds no times: the same content
  /// gives the same bytes.
  ///
  /// - Parameters:
  ///   - path: The path of the file. Its folder must exist; a file that is there is replaced at the end.
  ///   - build: Fills the file, starting from its root group. When it throws, the file at `path` stays as it was.
  /// - Throws: What `build` throws, `HDF5Error.notWritable`, or `WholeFileError`.
  public static func write(to path: String, _ build: (HDF5GroupWriter) throws -> Void) throws {
    try WholeFile.replace(path) { unfinished in
      let file = try Library.locked { () throws(HDF5Error) in
        try NewFile(at: unfinished, shownAs: path)
      }
      do {
        try build(HDF5GroupWriter(file: file, path: "/"))
      } catch {
        _ = file.close()
        throw error
      }
      if let failure = file.close() { throw failure }
    }
  }
}
