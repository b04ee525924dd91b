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

extension ArchiveProblem {
  /// One sentence for the user.
  public func sentence(file: String) -> String {
    switch self {
    case .noDirectory:
      "'\(file)' is not a whole zip archive: there is no directory at its end; copy or save the file again"
    case .directory(let what):
      "'\(file)' has a damaged zip directory: \(what); copy or save the file again"
    case .extended:
      "'\(file)' uses the ZIP64 extension, which is not read; save parts of less than 4 GiB"
    case .severalVolumes:
      "'\(file)' is one volume of a split zip archive, which is not read; join the volumes"
    case .encrypted(let entry):
      "'\(entry)' in '\(file)' is encrypted; save it without a password"
    case .method(let entry, let number):
      "'\(entry)' in '\(file)' is compressed by zip method \(number), but only 0 (stored) and 8 (deflated) are "
        + "read; save it without another compression"
    case .impossibleSize(let entry, let count, let compressed):
      "'\(entry)' in '\(file)' claims \(count) bytes out of \(compressed), more than deflate can hold; "
        + "the file is damaged"
    case .damaged(let entry):
      "'\(entry)' in '\(file)' cannot be unpacked to the size it claims; copy or save the file again"
    case .checksum(let entry, let expected, let found):
      "'\(entry)' in '\(file)' should have the checksum \(String(expected, radix: 16)), but it has "
        + "\(String(found, radix: 16)); copy or save the file again"
    }
  }
}
