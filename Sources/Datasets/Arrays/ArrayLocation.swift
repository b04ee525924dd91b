/// A file, or one array inside it, as messages name it.
public struct ArrayLocation: Sendable, Hashable, CustomStringConvertible {
  /// The path of the file.
  public let file: String
  /// The name of the array, when the file can hold several.
  public let name: String?

  /// Creates the location of a file, or of the array `name` inside it.
  public init(file: String, name: String? = nil) {
    self.file = file
    self.name = name
  }

  /// `'a.npy'`, or `'x' of 'a.npz'`.
  public var description: String { name.map { "'\($0)' of '\(file)'" } ?? "'\(file)'" }
}
