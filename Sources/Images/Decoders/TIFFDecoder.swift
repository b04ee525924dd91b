import ImageShims

/// Decodes the first image of TIFF files by libtiff.
struct TIFFDecoder {
  private let file: EncodedImage

  init(_ file: EncodedImage) { self.file = file }

  func image() throws(ImageError) -> PixelImage {
    try file.bytes.withUnsafeBufferPointer { bytes throws(ImageError) in
      var header = image_tiff_header()
      var problem = image_problem()
      guard let tiff = image_tiff_open(bytes.baseAddress, bytes.count, &header, &problem) else {
        throw file.error(problem)
      }
      defer { image_tiff_close(tiff) }
      let layout = try TIFFLayout(header, of: file)
      let stored = PixelImage(
        height: layout.height, width: layout.width, channels: layout.channels,
        samples: try samples(of: tiff, layout))
      let image = meaning(of: stored, as: layout.color, header)
      return (layout.alphaIsPremultiplied ? image.unpremultiplied() : image)
        .turned(byOrientation: Int(header.orientation))
    }
  }

  /// The samples of colour and alpha as they are stored, but for their number of bits.
  private func samples(of tiff: OpaquePointer, _ layout: TIFFLayout) throws(ImageError) -> [UInt8] {
    var samples = [UInt8](repeating: 0, count: layout.height * layout.width * layout.channels)
    var stored = [UInt8](repeating: 0, count: layout.bytes(ofRows: layout.blockHeight))
    for block in 0..<layout.blockCount {
      let place = layout.place(ofBlock: block)
      var problem = image_problem()
      let size = layout.bytes(ofRows: place.storedRows)
      guard image_tiff_read(tiff, UInt32(block), &stored, size, &problem) != 0 else {
        throw file.error(problem)
      }
      samples.withUnsafeMutableBufferPointer { target in
        stored.withUnsafeBytes { layout.copy($0, at: place, to: target) }
      }
    }
    return samples
  }

  /// The image that stored samples stand for.
  private func meaning(
    of stored: PixelImage, as color: TIFFColor, _ header: image_tiff_header
  ) -> PixelImage {
    switch color {
    case .rgb, .grey(whiteIsZero: false):
      return stored
    case .grey(whiteIsZero: true):
      return stored.mapPixels(toChannels: stored.channels) { source, target in
        target[0] = 255 - source[0]
        if stored.hasAlpha { target[1] = source[1] }
      }
    case .cmyk:
      return stored.convertedFromCMYK(isInverted: false)
    case .palette:
      // A palette has 1 << bits entries; its 16-bit values lose their lower byte, as in Pillow.
      let maps = [header.red, header.green, header.blue].compactMap { $0 }
      return stored.mapPixels(toChannels: 3) { index, color in
        for (channel, map) in maps.enumerated() { color[channel] = UInt8(map[Int(index[0])] >> 8) }
      }
    }
  }
}
