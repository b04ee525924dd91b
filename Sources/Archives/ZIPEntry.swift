/// One file inside a zip archive, as the directory of the archive describes it.
package struct ZIPEntry: Equatable, Sendable {
  /// The name, with `/` between folders.
  package let name: String
  /// The number of its compression method: 0 stored, 8 deflated.
  let method: Int
  /// The CRC-32 of its content.
  let checksum: UInt32
  /// The number of bytes it takes in the archive.
  let compressedCount: Int
  /// The number of bytes of its content.
  package let count: Int
  /// Where its local header starts.
  let offset: Int

  /// The most bytes that one deflated byte can stand for.
  private static let largestRatio = 1032

  /// Whether content of this size can come out of data of that size at all.
  var isPossible: Bool {
    method == 0 ? count == compressedCount : count / Self.largestRatio <= compressedCount
  }
}
