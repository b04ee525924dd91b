/// What is wrong with a zip archive.
public enum ArchiveProblem: Sendable, Hashable {
  /// There is no directory at the end.
  case noDirectory
  /// The directory cannot be understood.
  case directory(String)
  /// The archive uses the 64-bit extension.
  case extended
  /// The archive is one of several volumes.
  case severalVolumes
  /// An entry is encrypted.
  case encrypted(entry: String)
  /// An entry is compressed by an unknown method.
  case method(entry: String, number: Int)
  /// An entry claims more content than its compressed data can hold.
  case impossibleSize(entry: String, count: Int, compressed: Int)
  /// An entry cannot be decompressed to the size it claims.
  case damaged(entry: String)
  /// The content of an entry is not what was stored.
  case checksum(entry: String, expected: UInt32, found: UInt32)
}
