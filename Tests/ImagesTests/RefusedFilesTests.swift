import Foundation
import Images
import Testing

/// Files that are put together wrong on purpose, and what is said of each.
@Suite struct RefusedFilesTests {
  struct Refusal: CustomTestStringConvertible {
    let testDescription: String
    let file: [UInt8]
    let error: ImageError

    init(_ name: String, _ file: [UInt8], _ error: ImageError) {
      (testDescription, self.file, self.error) = (name, file, error)
    }
  }

  static func beyondFile(
    _ format: ImageFormat, _ height: Int, _ width: Int, needs needed: Int, _ file: [UInt8]
  ) -> ImageError {
    .beyondFile(
      path: "x", format: format, height: height, width: width, needed: needed, fileBytes: file.count)
  }

  static func cutShort(_ format: ImageFormat, _ file: [UInt8]) -> ImageError {
    .cutShort(path: "x", format: format, fileBytes: file.count)
  }

  /// `reason` is a part of what the library says.
  static func damaged(_ format: ImageFormat, _ reason: String) -> ImageError {
    .damaged(path: "x", format: format, reason: reason)
  }

  static func unsupported(_ format: ImageFormat, _ found: String, _ expected: String) -> ImageError {
    .unsupported(path: "x", format: format, found: found, expected: expected)
  }

  static let strangers: [Refusal] = [
    Refusal("nothing", [], .empty(path: "x")),
    Refusal("one byte", [0x89], .unknownFormat(path: "x", firstBytes: [0x89])),
    Refusal(
      "a text", Array("hello, image".utf8),
      .unknownFormat(path: "x", firstBytes: [0x68, 0x65, 0x6C, 0x6C, 0x6F, 0x2C, 0x20, 0x69])),
    Refusal(
      "a GIF", Array("GIF89a\u{1}\u{0}\u{1}\u{0}".utf8),
      .unknownFormat(path: "x", firstBytes: [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0])),
  ]

  static let pngs: [Refusal] = {
    let end = HandmadePNG.chunk("IEND")
    let pixel = HandmadePNG.chunk("IDAT", HandmadePNG.stored([0, 1, 2, 3]))
    let header = HandmadePNG.header(width: 1, height: 1)
    let text = HandmadePNG.chunk("tEXt", Array("a\u{0}b".utf8))
    let bomb = HandmadePNG.header(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF, bits: 16, color: 6) + pixel + end
    let square = HandmadePNG.header(width: 60000, height: 60000) + pixel + end
    // 20000 x 20000 RGB pixels are more than 1 GiB, and 1162791 bytes could hold them.
    let large =
      HandmadePNG.header(width: 20000, height: 20000)
      + HandmadePNG.chunk("IDAT", [UInt8](repeating: 0, count: 1_200_000)) + end
    return [
      Refusal(
        "the largest extents", bomb,
        beyondFile(.png, 0x7FFF_FFFF, 0x7FFF_FFFF, needs: .max, bomb)),
      Refusal("a bomb", square, beyondFile(.png, 60000, 60000, needs: 10_465_116, square)),
      Refusal(
        "too many pixels", large,
        .tooLarge(path: "x", format: .png, height: 20000, width: 20000, limit: 1 << 30)),
      Refusal("no pixels in a row", HandmadePNG.header(width: 0, height: 1) + end, damaged(.png, "IHDR")),
      Refusal("a wrong checksum of the pixels", broken(header, pixel) + end, damaged(.png, "IDAT")),
      Refusal(
        "a wrong checksum of a text", broken(header, text) + pixel + end, damaged(.png, "tEXt")),
      Refusal("no pixels", header + end, damaged(.png, "IEND")),
      Refusal(
        "too few rows", HandmadePNG.header(width: 1, height: 2) + pixel + end,
        damaged(.png, "Not enough image data")),
      Refusal("no end", header + pixel, cutShort(.png, header + pixel)),
    ]
  }()

  /// The chunk after the header, with a checksum off by one bit.
  static func broken(_ header: [UInt8], _ chunk: [UInt8]) -> [UInt8] {
    header + chunk.dropLast() + [chunk[chunk.count - 1] ^ 1]
  }

  static let jpegs: [Refusal] = {
    let scan = HandmadeJPEG.segment(0xDA, [1, 1, 0, 0, 63, 0])
    let tiny = HandmadeJPEG.start(frame: 0xC0) + scan + [0x3F, 0xFF, 0xD9]
    let bomb = HandmadeJPEG.start(frame: 0xC0, width: 65500, height: 65500) + scan + [0x3F, 0xFF, 0xD9]
    let short = HandmadeJPEG.start(frame: 0xC0, width: 64, height: 64) + scan + [0x00, 0xFF, 0xD9]
    let twoComponents = HandmadeJPEG.start(frame: 0xC0, components: 2) + scan + [0x3F, 0xFF, 0xD9]
    return [
      Refusal("a bomb", bomb, beyondFile(.jpeg, 65500, 65500, needs: 8_379_394, bomb)),
      Refusal("no end", tiny.dropLast(2), cutShort(.jpeg, Array(tiny.dropLast(2)))),
      Refusal(
        "fewer blocks than pixels", short, damaged(.jpeg, "premature end")),
      Refusal(
        "too many scans", HandmadeJPEG.progressive(refined: true), damaged(.jpeg, "more than 100 scans")),
      Refusal(
        "two components", twoComponents,
        unsupported(.jpeg, "2 components", "1, 3 or 4 components (grey, RGB or CMYK)")),
    ]
  }()

  static let tiffs: [Refusal] = {
    let sound = HandmadeTIFF()
    let wide = sound.with(256, 60000).with(257, 60000).with(278, 60000)
    let tiles = sound.without(273).without(278).without(279).with(324, 8).with(325, 16)
    let endless = tiles.with(322, 0x4000_0000).with(323, 0x4000_0000).bytes
    let thin = sound.with(257, 0x7FFF_FFFF).with(278, 1).bytes
    let beyond = sound.with(273, 5000).bytes
    let packed = sound.with(259, 32773, kind: 3).bytes
    var crowded = sound
    crowded.claimedEntries = 65535
    var manyStrips = sound.with(278, 1)
    manyStrips.tags[273] = (4, 0xFFFF_FFFF, 8)
    manyStrips.tags[279] = (4, 0xFFFF_FFFF, 8)
    return [
      Refusal(
        "a bomb", wide.bytes, beyondFile(.tiff, 60000, 60000, needs: 3_600_000_000, wide.bytes)),
      Refusal(
        "a bomb of PackBits", wide.with(259, 32773, kind: 3).bytes,
        beyondFile(.tiff, 60000, 60000, needs: 56_250_000, wide.bytes)),
      Refusal(
        "a bomb of LZW", wide.with(259, 5, kind: 3).bytes,
        beyondFile(.tiff, 60000, 60000, needs: 1_757_812, wide.bytes)),
      Refusal("tiles beyond the file", endless, beyondFile(.tiff, 4, 4, needs: 1 << 60, endless)),
      Refusal("more strips than the tables list", thin, damaged(.tiff, "StripOffsets")),
      Refusal("strip tables without end", manyStrips.bytes, cutShort(.tiff, manyStrips.bytes)),
      Refusal("pixels beyond the file", beyond, cutShort(.tiff, beyond)),
      Refusal(
        "a directory of 65535 entries", crowded.bytes,
        damaged(.tiff, "directory count")),
      Refusal(
        "a strip that unpacks to too little", packed, damaged(.tiff, "Not enough data")),
      Refusal("no width", sound.without(256).bytes, damaged(.tiff, "scanline size")),
      Refusal("a width of zero", sound.with(256, 0).bytes, damaged(.tiff, "scanline size")),
      Refusal(
        "no strips", sound.without(273).bytes, damaged(.tiff, "StripOffsets")),
      Refusal(
        "tiles of no pixels", tiles.with(322, 0).with(323, 0).bytes,
        damaged(.tiff, "tiles")),
      Refusal(
        "no photometric interpretation", sound.without(262).bytes,
        unsupported(
          .tiff, "none", "grey (photometric interpretation 0 or 1), RGB (2), a palette (3) or CMYK (5)")),
      Refusal(
        "CIE Lab", sound.with(262, 8, kind: 3).bytes,
        unsupported(
          .tiff, "photometric interpretation 8",
          "grey (photometric interpretation 0 or 1), RGB (2), a palette (3) or CMYK (5)")),
      Refusal(
        "YCbCr without JPEG", sound.with(262, 6, kind: 3).with(277, 3, kind: 3).bytes,
        unsupported(
          .tiff, "photometric interpretation 6",
          "grey (photometric interpretation 0 or 1), RGB (2), a palette (3) or CMYK (5)")),
      Refusal(
        "floating point", sound.with(339, 3, kind: 3).with(258, 32, kind: 3).bytes,
        unsupported(.tiff, "sample format 3", "whole numbers without a sign (sample format 1)")),
      Refusal(
        "12 bits", sound.with(258, 12, kind: 3).bytes,
        unsupported(.tiff, "12", "1, 2, 4, 8, 16 bits per sample")),
      Refusal(
        "RGB of one sample", sound.with(262, 2, kind: 3).bytes,
        unsupported(.tiff, "1", "3 samples per pixel")),
      Refusal(
        "two grey samples in a byte", sound.with(258, 4, kind: 3).with(277, 2, kind: 3).bytes,
        unsupported(.tiff, "2", "1 sample per pixel")),
      Refusal(
        "a palette that is missing", sound.with(262, 3, kind: 3).with(258, 4, kind: 3).bytes,
        damaged(.tiff, "Colormap")),
      Refusal(
        "Zstandard", sound.with(259, 50000, kind: 3).bytes,
        unsupported(.tiff, "compression scheme 50000", "no compression, PackBits, LZW, Deflate or JPEG")),
    ]
  }()

  @Test(arguments: strangers + pngs + jpegs + tiffs)
  func aRefusalNamesItsReason(_ refusal: Refusal) {
    let error = #expect(throws: ImageError.self) { try PixelImage(file: refusal.file, named: "x") }
    guard case .damaged(let path, let format, let part) = refusal.error else {
      #expect(error == refusal.error)
      return
    }
    // The words are the library's, and change with its version.
    guard case .damaged(path, format, let reason) = error, reason.contains(part) else {
      Issue.record("\(error.map(\.description) ?? "no error") instead of \(refusal.error)")
      return
    }
  }

  @Test func tagsThatShareTheirBytesDoNotMultiplyThem() {
    // 600 unknown tags, each of the same million bytes, would be 600 MB in memory.
    var file = HandmadeTIFF()
    file.pixels = [UInt8](repeating: 1, count: 1 << 20)
    for tag in UInt16(40000)..<40600 { file.tags[tag] = (1, 1 << 20, 8) }
    #expect(throws: Self.damaged(.tiff, "tags that read the file many times over")) {
      try PixelImage(file: file.bytes, named: "x")
    }
  }

  @Test func soundHandmadeFilesAreRead() throws {
    let png =
      HandmadePNG.header(width: 1, height: 1) + HandmadePNG.chunk("tEXt", [0x61, 0, 0x62])
      + HandmadePNG.chunk("IDAT", HandmadePNG.stored([0, 1, 2, 3])) + HandmadePNG.chunk("IEND")
    #expect(
      try PixelImage(file: png, named: "x")
        == PixelImage(height: 1, width: 1, channels: 3, samples: [1, 2, 3]))
    #expect(
      try PixelImage(file: HandmadeTIFF().bytes, named: "x")
        == PixelImage(height: 4, width: 4, channels: 1, samples: Array(0..<16)))
    // All coefficients zero: the middle of the range.
    #expect(
      try PixelImage(file: HandmadeJPEG.progressive(refined: false), named: "x")
        == PixelImage(height: 8, width: 8, channels: 1, samples: [UInt8](repeating: 128, count: 64)))
  }

  @Test func aMissingFileIsToldFromAnUnreadableOne() throws {
    try withTemporaryFolder { folder in
      let missing = folder.appending(path: "missing.png").path
      #expect(throws: ImageError.missing(path: missing)) { try PixelImage(contentsOf: missing) }
      #expect(throws: ImageError.unreadable(path: folder.path, reason: "Is a directory")) {
        try PixelImage(contentsOf: folder.path)
      }
      let text = folder.appending(path: "text.png")
      try Data("not an image".utf8).write(to: text)
      #expect(throws: ImageError.unknownFormat(path: text.path, firstBytes: Array("not an i".utf8))) {
        try PixelImage(contentsOf: text.path)
      }
      let empty = folder.appending(path: "empty.tif")
      try Data().write(to: empty)
      #expect(throws: ImageError.empty(path: empty.path)) { try PixelImage(contentsOf: empty.path) }
    }
  }

  @Test func anEndlessFileThatIsNoImageIsNotReadOn() {
    #expect(
      throws: ImageError.unknownFormat(path: "/dev/zero", firstBytes: [UInt8](repeating: 0, count: 8))
    ) { try PixelImage(contentsOf: "/dev/zero") }
  }
}
