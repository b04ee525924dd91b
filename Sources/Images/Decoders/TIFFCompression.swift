import ImageShims

/// The compression schemes of TIFF that are read.
///
/// The others are left out: they are rare in images of samples, and each is one more decoder open to hostile files.
enum TIFFCompression: UInt16 {
  case none = 1
  case lzw = 5
  case jpeg = 7
  case deflate = 8
  case packBits = 32773
  case olderDeflate = 32946

  /// Reads the scheme from a header.
  ///
  /// - Throws: `ImageError.unsupported` for any other scheme.
  init(_ header: image_tiff_header, of file: EncodedImage) throws(ImageError) {
    guard let scheme = Self(rawValue: header.compression) else {
      throw file.unsupported(
        "compression scheme \(header.compression)", expected: "no compression, PackBits, LZW, Deflate or JPEG"
      )
    }
    self = scheme
  }

  /// The most bytes that one byte of a file can stand for.
  ///
  /// - Parameter samplesInBlock: The samples of a pixel that are compressed together.
  /// - Returns: An upper bound, which no real file comes near.
  func mostBytesPerByte(samplesInBlock: Int) -> Int {
    switch self {
    case .none: 1
    // Two bytes repeat a byte 128 times.
    case .packBits: 64
    // The n-th code after a reset stands for at most n bytes, and a reset comes after at most 5119 codes of 9 to 12 bits.
    case .lzw: 2048
    case .deflate, .olderDeflate: PNGDecoder.mostBytesPerByte
    case .jpeg: JPEGDecoder.mostPixelsPerByte * samplesInBlock
    }
  }
}
