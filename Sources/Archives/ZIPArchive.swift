/// A zip archive held in memory: its directory, and the content of its entries on demand.
///
/// Stored and deflated entries, as NumPy and Keras write them. Archives that need the 64-bit extension, span
/// volumes or are encrypted are refused by name.
///
/// Source: PKWARE, *.ZIP File Format Specification*, version 6.3.10.
package struct ZIPArchive: Sendable {
  /// The name of the archive, for messages.
  package let file: String
  /// What is in it, in the order of its directory.
  package let entries: [ZIPEntry]
  private let bytes: [UInt8]

  private static let endSignature: [UInt8] = [0x50, 0x4b, 5, 6]
  private static let endCount = 22
  private static let longestComment = 65_535

  /// Reads the directory.
  ///
  /// - Throws: `ArchiveError` when the bytes are no archive, a damaged one, or one that is not
  ///   supported.
  package init(_ bytes: [UInt8], file: String) throws(ArchiveError) {
    self.bytes = bytes
    self.file = file
    guard let end = Self.endRecord(in: bytes) else { throw ArchiveError(.noDirectory, file: file) }
    var reader = ByteReader(bytes, at: end + 4)
    guard let disk = reader.number(2), let directoryDisk = reader.number(2),
      let diskCount = reader.number(2), let total = reader.length(2),
      let size = reader.length(4), let start = reader.length(4)
    else { throw ArchiveError(.noDirectory, file: file) }
    if total == 0xffff || size == 0xffff_ffff || start == 0xffff_ffff {
      throw ArchiveError(.extended, file: file)
    }
    guard disk == 0, directoryDisk == 0, diskCount == total else {
      throw ArchiveError(.severalVolumes, file: file)
    }
    guard start + size <= end else {
      throw ArchiveError(.directory("it runs over the end of the archive"), file: file)
    }
    var records = ByteReader(Array(bytes[start..<(start + size)]))
    var entries: [ZIPEntry] = []
    for index in 0..<total {
      guard let entry = try Self.entry(&records, file) else {
        throw ArchiveError(.directory("its record \(index + 1) of \(total) is cut short"), file: file)
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  /// Where the last end-of-directory record starts whose comment reaches exactly to the end of the file.
  private static func endRecord(in bytes: [UInt8]) -> Int? {
    guard bytes.count >= endCount else { return nil }
    let last = bytes.count - endCount
    for start in stride(from: last, through: max(0, last - longestComment), by: -1)
    where bytes[start] == endSignature[0] && bytes[start...].starts(with: endSignature) {
      var reader = ByteReader(bytes, at: start + 20)
      if reader.length(2) == last - start { return start }
    }
    return nil
  }

  /// Reads one record of the directory; nothing when it is cut short.
  private static func entry(_ reader: inout ByteReader, _ file: String) throws(ArchiveError) -> ZIPEntry? {
    guard reader.number(4) == 0x0201_4b50, reader.range(4) != nil, let flags = reader.number(2),
      let method = reader.length(2), reader.range(4) != nil, let checksum = reader.number(4),
      let compressed = reader.length(4), let count = reader.length(4), let nameCount = reader.length(2),
      let extraCount = reader.length(2), let commentCount = reader.length(2), reader.range(8) != nil,
      let offset = reader.length(4), let place = reader.range(nameCount),
      reader.range(extraCount) != nil, reader.range(commentCount) != nil
    else { return nil }
    let name = String(decoding: reader.bytes[place], as: UTF8.self)
    if compressed == 0xffff_ffff || count == 0xffff_ffff || offset == 0xffff_ffff {
      throw ArchiveError(.extended, file: file)
    }
    if flags & 1 != 0 { throw ArchiveError(.encrypted(entry: name), file: file) }
    guard method == 0 || method == 8 else {
      throw ArchiveError(.method(entry: name, number: method), file: file)
    }
    let entry = ZIPEntry(
      name: name, method: method, checksum: UInt32(checksum), compressedCount: compressed, count: count,
      offset: offset)
    guard entry.isPossible else {
      throw ArchiveError(.impossibleSize(entry: name, count: count, compressed: compressed), file: file)
    }
    return entry
  }

  /// The first bytes of an entry's content, at most `limit`; the checksum is not looked at.
  ///
  /// - Throws: `ArchiveError` when the entry is damaged.
  package func prefix(of entry: ZIPEntry, limit: Int) throws(ArchiveError) -> [UInt8] {
    let data = try data(of: entry)
    if entry.method == 0 { return Array(data.prefix(limit)) }
    switch Inflation.inflate(data, limit: limit) {
    case .finished(let content), .filled(let content): return content
    case .damaged: throw ArchiveError(.damaged(entry: entry.name), file: file)
    }
  }

  /// The content of an entry, its size and checksum verified.
  ///
  /// - Throws: `ArchiveError` when the entry is damaged.
  package func content(of entry: ZIPEntry) throws(ArchiveError) -> [UInt8] {
    // One byte more than announced tells a stream that is too long from one that ends where it should.
    let content = try prefix(of: entry, limit: entry.count + 1)
    guard content.count == entry.count else {
      throw ArchiveError(.damaged(entry: entry.name), file: file)
    }
    let found = Inflation.checksum(content)
    guard found == entry.checksum else {
      throw ArchiveError(.checksum(entry: entry.name, expected: entry.checksum, found: found), file: file)
    }
    return content
  }

  /// The bytes of an entry as they lie in the archive, behind its local header.
  private func data(of entry: ZIPEntry) throws(ArchiveError) -> ArraySlice<UInt8> {
    var reader = ByteReader(bytes, at: entry.offset)
    guard reader.number(4) == 0x0403_4b50, reader.range(22) != nil, let nameCount = reader.length(2),
      let extraCount = reader.length(2), reader.range(nameCount + extraCount) != nil,
      let place = reader.range(entry.compressedCount)
    else { throw ArchiveError(.damaged(entry: entry.name), file: file) }
    return bytes[place]
  }
}
