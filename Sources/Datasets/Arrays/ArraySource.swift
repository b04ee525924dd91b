/// The arrays of one opened file.
protocol ArraySource: Sendable {
  /// The arrays that can be read, in the order of the file.
  var entries: [ArrayEntry] { get }
  /// Why the others cannot be read, by name.
  var refused: [String: DatasetError] { get }
  /// The array of one of the `entries`.
  func array(_ entry: ArrayEntry) throws(DatasetError) -> NumericArray
}
