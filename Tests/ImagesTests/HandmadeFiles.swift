import CZlib

/// Image files put together byte by byte, so that any part of them can be wrong.
enum HandmadePNG {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func chunk(_ kind: String, _ data: [UInt8] = []) -> [UInt8] {
    let body = Array(kind.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(UInt32(crc32(0, body, UInt32(body.count))))
  }

  /// A header of 8-bit RGB, unless told otherwise.
  static func header(width: UInt32, height: UInt32, bits: UInt8 = 8, color: UInt8 = 2) -> [UInt8] {
    signature + chunk("IHDR", bigEndian(width) + bigEndian(height) + [bits, color, 0, 0, 0])
  }

  /// Zlib data that stores some bytes as they are.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let (low, high) = (UInt8(bytes.count & 255), UInt8(bytes.count >> 8))
    return [0x78, 0x01, 0x01, low, high, ~low, ~high] + bytes
      + bigEndian(UInt32(adler32(1, bytes, UInt32(bytes.count))))
  }

  /// The file with the checksums of all its chunks made right, as far as its lengths make sense.
  static func withRightChecksums(_ file: [UInt8]) -> [UInt8] {
    var file = file
    var start = signature.count
    while start + 12 <= file.count {
      let length = file[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
      guard start + 12 + length <= file.count else { break }
      let body = Array(file[(start + 4)..<(start + 8 + length)])
      file.replaceSubrange(
        (start + 8 + length)..<(start + 12 + length),
        with: bigEndian(UInt32(crc32(0, body, UInt32(body.count)))))
      start += 12 + length
    }
    return file
  }

  static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

/// A little-endian TIFF of one directory, by default of 4 x 4 grey pixels in one strip.
struct HandmadeTIFF {
  /// Kind, count and value (or offset) of each tag.
  var tags: [UInt16: (kind: UInt16, count: UInt32, value: UInt32)] = [
    256: (4, 1, 4), 257: (4, 1, 4), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1), 273: (4, 1, 8),
    277: (3, 1, 1), 278: (4, 1, 4), 279: (4, 1, 16),
  ]
  var pixels = [UInt8](0..<16)
  /// The number of entries that the directory claims; `nil` for the truth.
  var claimedEntries: UInt16?
  /// Where the next directory is said to be.
  var next: UInt32 = 0

  /// Sets a tag of one whole number.
  func with(_ tag: UInt16, _ value: UInt32, kind: UInt16 = 4, count: UInt32 = 1) -> HandmadeTIFF {
    var changed = self
    changed.tags[tag] = (kind, count, value)
    return changed
  }

  func without(_ tag: UInt16) -> HandmadeTIFF {
    var changed = self
    changed.tags[tag] = nil
    return changed
  }

  var bytes: [UInt8] {
    var file: [UInt8] = [0x49, 0x49, 42, 0] + Self.word(UInt32(8 + pixels.count)) + pixels
    file += Self.half(claimedEntries ?? UInt16(tags.count))
    for (tag, entry) in tags.sorted(by: { $0.key < $1.key }) {
      file += Self.half(tag) + Self.half(entry.kind) + Self.word(entry.count) + Self.word(entry.value)
    }
    return file + Self.word(next)
  }

  private static func half(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
  private static func word(_ value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

/// JPEG files of 8 x 8 pixels and few bits.
enum HandmadeJPEG {
  static func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
    [0xFF, marker, UInt8((data.count + 2) >> 8), UInt8((data.count + 2) & 255)] + data
  }

  /// Everything before the first scan: all quantisers 1, and Huffman tables of a single code, `0`, for the symbol 0.
  static func start(frame: UInt8, width: UInt16 = 8, height: UInt16 = 8, components: UInt8 = 1) -> [UInt8] {
    let extents: [UInt8] = [height, width].flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    let parts: [UInt8] = (0..<components).flatMap { [UInt8]([$0 + 1, 0x11, 0]) }
    let oneCode: [UInt8] = [1] + [UInt8](repeating: 0, count: 15) + [0]
    return [0xFF, 0xD8] + segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
      + segment(frame, [8] + extents + [components] + parts)
      + segment(0xC4, [0x00] + oneCode) + segment(0xC4, [0x10] + oneCode)
  }

  /// A scan of one component whose only bit is the code `0`: nothing but zeros.
  static func emptyScan(first: UInt8, last: UInt8, bits: UInt8) -> [UInt8] {
    segment(0xDA, [1, 1, 0x00, first, last, bits]) + [0x7F]
  }

  /// A progressive file that sends every coefficient by itself, and, with `refined`, the lowest bit of each once more.
  static func progressive(refined: Bool) -> [UInt8] {
    var file = start(frame: 0xC2) + emptyScan(first: 0, last: 0, bits: 0)
    for coefficient in UInt8(1)...63 {
      file += emptyScan(first: coefficient, last: coefficient, bits: refined ? 0x01 : 0x00)
      if refined { file += emptyScan(first: coefficient, last: coefficient, bits: 0x10) }
    }
    return file + [0xFF, 0xD9]
  }
}
