/// What is wrong with one array.
public enum ArrayProblem: Sendable, Hashable {
  /// The file does not begin as an .npy file does.
  case noMagic
  /// The format version is not known.
  case version(major: Int, minor: Int)
  /// The header cannot be understood.
  case header(String)
  /// The elements are of a type that is not read.
  case unreadableType(String)
  /// The array takes more bytes than can be counted or than are allowed.
  case tooLarge(extents: [Int])
  /// The elements are not as many as the extents need.
  case byteCount(extents: [Int], kind: ElementKind, expected: Int, found: Int)
  /// Text that stands for the elements holds characters that are no bytes.
  case notBytes
}
