import Foundation

/// Reading a whole regular file.
package enum FileBytes {
  /// Why the bytes of a file cannot be had.
  package struct Unreadable: Error {
    /// The path.
    package let file: String
    /// What is wrong.
    package let reason: String
  }

  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - most: The most bytes that are accepted.
  /// - Returns: Its bytes.
  /// - Throws: `Unreadable` when it is not there, no regular file, or too large.
  package static func read(_ path: String, most: Int) throws(Unreadable) -> [UInt8] {
    var facts = stat()
    guard stat(path, &facts) == 0 else { throw systemError(path) }
    // A named pipe would block for ever.
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw Unreadable(
        file: path, reason: facts.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is no regular file")
    }
    let size = Int(facts.st_size)
    guard size <= most else {
      throw Unreadable(
        file: path, reason: "it has \(size) bytes, more than \(most >> 30) GiB")
    }
    guard let stream = fopen(path, "rb") else { throw systemError(path) }
    defer { fclose(stream) }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = fread(buffer.baseAddress, 1, size, stream)
    }
    guard ferror(stream) == 0 else { throw systemError(path) }
    return bytes
  }

  /// The first bytes of a regular file; none when it cannot be read.
  package static func prefix(of path: String, count: Int) -> [UInt8] {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, let stream = fopen(path, "rb") else {
      return []
    }
    defer { fclose(stream) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = fread(buffer.baseAddress, 1, count, stream)
    }
  }

  private static func systemError(_ path: String) -> Unreadable {
    Unreadable(file: path, reason: String(cString: strerror(errno)))
  }
}
