extension PixelImage {
  /// Reads an image from a PNG, TIFF or JPEG file; its first bytes, not its name, say which of them it is.
  ///
  /// Pixels are those of Pillow's `Image.open(path)`, bit for bit for samples of 8 bits:
  ///
  /// - Samples of 1, 2 and 4 bits are stretched to 0...255; those of 16 bits become `value / 257`, rounded.
  /// - Palettes become RGB, CMYK becomes RGB without a colour profile, a transparent colour of a PNG becomes alpha.
  /// - Of a TIFF, the first image is read, turned as its orientation tag says. JPEG files are not turned by their EXIF data.
  ///
  /// Nothing is guessed: where a decoder would fill missing pixels with grey, the file is refused. An image is also refused
  /// when its pixels would need more than 1 GiB, or when it declares more pixels than a file of its size can hold.
  ///
  /// - Parameter path: The path of a file of at most 1 GiB.
  /// - Throws: `ImageError`, which names the file and what is wrong with it.
  public init(contentsOf path: String) throws(ImageError) {
    try self.init(decoding: EncodedImage(contentsOf: path))
  }

  /// Reads an image from the bytes of a PNG, TIFF or JPEG file, as `init(contentsOf:)` does.
  ///
  /// - Parameters:
  ///   - file: The bytes of the whole file.
  ///   - name: What errors call the file.
  /// - Throws: `ImageError`, which names the file and what is wrong with it.
  public init(file: [UInt8], named name: String) throws(ImageError) {
    try self.init(decoding: EncodedImage(bytes: file, path: name))
  }

  private init(decoding file: EncodedImage) throws(ImageError) {
    switch file.format {
    case .png: self = try PNGDecoder(file).image()
    case .tiff: self = try TIFFDecoder(file).image()
    case .jpeg: self = try JPEGDecoder(file).image()
    }
  }
}
