import Foundation
import Synchronization

/// Writing files so that a reader sees the old content or the whole new content, never a part.
public enum WholeFile {
  /// The files that are being written now, for `discardUnfinished()`.
  private static let unfinished = Mutex<Set<String>>([])

  /// Writes a file beside its final place with `write`, then renames it.
  ///
  /// A symbolic link at `path` stays, and the file that it leads to is replaced. A file that is replaced hands on its
  /// permissions. Anything but a regular file (a folder, a device, a pipe) is refused.
  ///
  /// - Parameters:
  ///   - path: The final path. Its folder must exist.
  ///   - write: Receives the path to write to: same folder, same extension, a name of its own. When it throws, whatever
  ///     it has written is removed and the file at `path` stays as it was.
  /// - Throws: What `write` throws, or `WholeFileError` when the file cannot be created or renamed.
  public static func replace(_ path: String, with write: (String) throws -> Void) throws {
    let final = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let permissions = try permissions(of: final, shownAs: path)
    var unfinished = final.deletingLastPathComponent()
      .appendingPathComponent(".\(UUID().uuidString.prefix(8))").path
    if !final.pathExtension.isEmpty { unfinished += ".\(final.pathExtension)" }
    _ = Self.unfinished.withLock { $0.insert(unfinished) }
    defer { _ = Self.unfinished.withLock { $0.remove(unfinished) } }
    do {
      try write(unfinished)
      if let permissions { try require(chmod(unfinished, permissions) == 0, path: path) }
      try require(rename(unfinished, final.path) == 0, path: path)
    } catch {
      unlink(unfinished)
      throw error
    }
  }

  /// Writes bytes to a file, whole or not at all.
  ///
  /// - Throws: `WholeFileError` when the file cannot be written.
  public static func write(_ bytes: Data, to path: String) throws {
    try replace(path) { unfinished in
      guard let file = fopen(unfinished, "wx") else { throw refusal(of: path) }
      let written = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
      // Closing writes what is buffered, and may be what fails.
      guard written == bytes.count else {
        let refusal = refusal(of: path)
        fclose(file)
        throw refusal
      }
      try require(fclose(file) == 0, path: path)
    }
  }

  /// Removes what is being written and not yet whole; for a program that is about to stop.
  public static func discardUnfinished() {
    unfinished.withLock { for path in $0 { unlink(path) } }
  }

  /// The permissions of the file to replace; nil when there is none.
  private static func permissions(of final: URL, shownAs path: String) throws -> mode_t? {
    var facts = stat()
    guard !path.isEmpty else { throw WholeFileError.notWritable(path: path, reason: "the name is empty") }
    if stat(final.path, &facts) == 0 {
      guard facts.st_mode & S_IFMT == S_IFREG else {
        let kind = facts.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is not a regular file"
        throw WholeFileError.notWritable(path: path, reason: kind)
      }
      return facts.st_mode & 0o7777
    }
    try require(errno == ENOENT && stat(final.deletingLastPathComponent().path, &facts) == 0, path: path)
    return nil
  }

  private static func require(_ isDone: Bool, path: String) throws {
    guard isDone else { throw refusal(of: path) }
  }

  /// The error for a call that has just failed.
  private static func refusal(of path: String) -> WholeFileError {
    .notWritable(path: path, reason: String(cString: strerror(errno)))
  }
}
