import ImageShims

/// Decodes PNG files by libpng: every colour type, bit depth and interlacing.
struct PNGDecoder {
  /// Deflate spends at least two bits on 258 bytes, so that no byte of a file stands for more than 1032 bytes.
  static let mostBytesPerByte = 1032

  private let file: EncodedImage

  init(_ file: EncodedImage) { self.file = file }

  func image() throws(ImageError) -> PixelImage {
    try file.bytes.withUnsafeBufferPointer { bytes throws(ImageError) in
      var header = image_png_header()
      var problem = image_problem()
      guard let png = image_png_open(bytes.baseAddress, bytes.count, &header, &problem) else {
        throw file.error(problem)
      }
      defer { image_png_close(png) }
      let (height, width, channels) = (Int(header.height), Int(header.width), Int(header.channels))
      let stored = product(height, (width * Int(header.bits_per_pixel) + 7) / 8)
      try file.checkExtents(
        height: height, width: width, channels: channels, needed: stored.map { $0 / Self.mostBytesPerByte })
      var samples = [UInt8](repeating: 0, count: height * width * channels)
      guard image_png_read(png, &samples, &problem) != 0 else { throw file.error(problem) }
      return PixelImage(height: height, width: width, channels: channels, samples: samples)
    }
  }
}
