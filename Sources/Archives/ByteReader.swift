/// Reads little-endian numbers and runs of bytes, one after the other; what lies beyond the end is nothing.
package struct ByteReader: Sendable {
  /// All bytes.
  package let bytes: [UInt8]
  /// Where the next byte is read.
  package private(set) var position: Int

  /// Starts to read at a position.
  package init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = min(max(position, 0), bytes.count)
  }

  /// The number of bytes not read yet.
  package var remaining: Int { bytes.count - position }

  /// The next `count` bytes, as their place; nothing, and nothing read, when there are fewer.
  package mutating func range(_ count: Int) -> Range<Int>? {
    guard count >= 0, count <= remaining else { return nil }
    defer { position += count }
    return position..<(position + count)
  }

  /// The next byte.
  package mutating func byte() -> UInt8? { range(1).map { bytes[$0.lowerBound] } }

  /// The next `byteCount` bytes, at most eight, as an unsigned number, lowest byte first.
  package mutating func number(_ byteCount: Int) -> UInt64? {
    range(byteCount).map { place in
      bytes[place].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  /// The next `byteCount` bytes as a length or an offset; nothing when it does not fit an `Int`.
  package mutating func length(_ byteCount: Int) -> Int? { number(byteCount).flatMap { Int(exactly: $0) } }

  /// The bytes up to a line feed, which is read but not given.
  package mutating func line() -> Range<Int>? {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { position = end + 1 }
    return position..<end
  }
}
