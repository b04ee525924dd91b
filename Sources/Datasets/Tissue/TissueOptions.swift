extension Tissue {
  /// What can be varied about the tiles.
  public struct Options: Sendable, Hashable {
    /// The number of tiles of every class, 1 to 100 000.
    public var count = 100
    /// The number of rows and columns of a tile in pixels, 16 to 2048; all of them show the same structures.
    public var size = 150
    /// The seed of the random streams.
    public var seed: UInt32 = 0

    /// Creates the standard options.
    public init() {}

    /// The most tiles of one class.
    static let mostTiles = 100_000

    /// Checks every option against its range.
    ///
    /// - Throws: `DatasetError.option` for the first that is outside.
    func validate() throws(DatasetError) {
      for (name, value, range) in [("count", count, 1...Self.mostTiles), ("size", size, 16...2048)]
      where !range.contains(value) {
        throw .option(
          name: name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
          found: "\(value)")
      }
    }
  }
}
