import Foundation

/// Reading a whole regular file.
enum FileBytes {
  /// The bytes of the file at `path`.
  ///
  /// - Throws: `DatasetError.unreadableFile` when it is not there, no regular file, or larger than
  ///   `ArrayFile.mostBytes`.
  static func read(_ path: String) throws(DatasetError) -> [UInt8] {
    var facts = stat()
    guard stat(path, &facts) == 0 else { throw systemError(path) }
    // A named pipe would block for ever.
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw .unreadableFile(
        file: path, reason: facts.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is no regular file")
    }
    let size = Int(facts.st_size)
    guard size <= ArrayFile.mostBytes else {
      throw .unreadableFile(
        file: path, reason: "it has \(size) bytes, more than \(ArrayFile.mostBytes >> 30) GiB")
    }
    guard let stream = fopen(path, "rb") else { throw systemError(path) }
    defer { fclose(stream) }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = fread(buffer.baseAddress, 1, size, stream)
    }
    guard ferror(stream) == 0 else { throw systemError(path) }
    return bytes
  }

  private static func systemError(_ path: String) -> DatasetError {
    .unreadableFile(file: path, reason: String(cString: strerror(errno)))
  }
}
