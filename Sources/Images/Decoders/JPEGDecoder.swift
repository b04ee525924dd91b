import ImageShims

/// Decodes JPEG files by libjpeg: grey, RGB, YCbCr, CMYK and YCCK of 8 bits, sequential and progressive.
struct JPEGDecoder {
  /// Each block of 8 x 8 pixels is at least one bit long, so that no byte of a file stands for more than 512 pixels.
  ///
  /// (Arithmetic coding could go below one bit; no real image does.)
  static let mostPixelsPerByte = 512

  private let file: EncodedImage

  init(_ file: EncodedImage) { self.file = file }

  func image() throws(ImageError) -> PixelImage {
    try file.bytes.withUnsafeBufferPointer { bytes throws(ImageError) in
      var header = image_jpeg_header()
      var problem = image_problem()
      guard let jpeg = image_jpeg_open(bytes.baseAddress, bytes.count, &header, &problem) else {
        throw file.error(problem)
      }
      defer { image_jpeg_close(jpeg) }
      let (height, width, channels) = (Int(header.height), Int(header.width), Int(header.channels))
      guard [1, 3, 4].contains(channels) else {
        throw file.unsupported("\(channels) components", expected: "1, 3 or 4 components (grey, RGB or CMYK)")
      }
      try file.checkExtents(
        height: height, width: width, channels: channels, needed: height * width / Self.mostPixelsPerByte)
      var samples = [UInt8](repeating: 0, count: height * width * channels)
      guard image_jpeg_read(jpeg, &samples, &problem) != 0 else { throw file.error(problem) }
      let image = PixelImage(height: height, width: width, channels: channels, samples: samples)
      // Adobe's programs, which write nearly all CMYK files, store inks inverted; so does Pillow assume.
      return channels == 4 ? image.convertedFromCMYK(isInverted: true) : image
    }
  }
}
