import ImageShims

/// How the pixels of a TIFF are cut into blocks (strips or tiles), checked against the size of the file.
struct TIFFLayout {
  /// Where a block lies in the image.
  struct Place {
    /// The first of the channels that the block holds.
    let channel: Int
    let rows: Range<Int>
    let columns: Range<Int>
    /// The rows that are stored: those of a tile may go on below the image.
    let storedRows: Int
  }

  let height: Int
  let width: Int
  let color: TIFFColor
  /// The samples of a pixel that are kept: those of the colour, and alpha.
  let channels: Int
  let alphaIsPremultiplied: Bool
  /// The bits of a sample: 1, 2, 4, 8 or 16.
  let bits: Int
  let blockHeight: Int

  private let blockWidth: Int
  private let blocksDown: Int
  private let blocksAcross: Int
  private let isTiled: Bool
  /// 1, or the number of channels where every channel is a plane of its own.
  private let keptPlanes: Int
  /// The samples of a pixel that lie next to each other in a block: all of them, or one where every channel is a plane.
  private let samplesInBlock: Int

  /// Reads the layout from a header.
  ///
  /// - Throws: `ImageError.unsupported` for what cannot be read, `.damaged` for blocks that do not tile the image,
  ///   `.beyondFile` and `.tooLarge` for extents that are refused.
  init(_ header: image_tiff_header, of file: EncodedImage) throws(ImageError) {
    (height, width) = (Int(header.height), Int(header.width))
    (blockHeight, blockWidth) = (Int(header.block_height), Int(header.block_width))
    bits = Int(header.bits_per_sample)
    isTiled = header.is_tiled != 0
    color = try TIFFColor(header, of: file)
    let samples = Int(header.samples_per_pixel)
    let extra = header.extra_samples > 0 && samples > color.samples ? header.first_extra_sample : 0
    let hasAlpha = color.takesAlpha && (extra == 1 || extra == 2)
    channels = color.samples + (hasAlpha ? 1 : 0)
    alphaIsPremultiplied = hasAlpha && extra == 1
    samplesInBlock = header.is_planar != 0 ? 1 : samples
    guard min(height, width, blockHeight, blockWidth) >= 1 else {
      throw .damaged(
        path: file.path, format: .tiff,
        reason: "\(width) x \(height) pixels in blocks of \(blockWidth) x \(blockHeight)")
    }
    blocksDown = (height - 1) / blockHeight + 1
    blocksAcross = (width - 1) / blockWidth + 1
    keptPlanes = header.is_planar != 0 ? channels : 1
    try checkExtents(header, planes: header.is_planar != 0 ? samples : 1, of: file)
  }

  /// Refuses extents for which there is no memory, or which the file cannot hold; products below are safe after that.
  private func checkExtents(
    _ header: image_tiff_header, planes: Int, of file: EncodedImage
  ) throws(ImageError) {
    let most = try TIFFCompression(header, of: file).mostBytesPerByte(samplesInBlock: samplesInBlock)
    let storedRows = isTiled ? product(blocksDown, blocksAcross, blockHeight) : height
    let stored = storedRows.flatMap { product(planes, $0, bytesPerRow) }
    try file.checkExtents(
      height: height, width: width, channels: channels, needed: stored.map { $0 / most })
    guard bytes(ofRows: blockHeight) <= EncodedImage.byteLimit else {
      throw .tooLarge(
        path: file.path, format: .tiff, height: blockHeight, width: blockWidth, limit: EncodedImage.byteLimit)
    }
    guard product(blocksDown, blocksAcross, planes) == Int(header.block_count) else {
      throw .damaged(
        path: file.path, format: .tiff,
        reason:
          "\(header.block_count) blocks of \(blockWidth) x \(blockHeight) for \(width) x \(height) pixels")
    }
  }

  /// The number of blocks that hold kept samples.
  var blockCount: Int { blocksDown * blocksAcross * keptPlanes }

  private var bytesPerRow: Int { (blockWidth * samplesInBlock * bits + 7) / 8 }

  /// The bytes of some rows of a block.
  func bytes(ofRows rows: Int) -> Int { rows * bytesPerRow }

  /// Where a block lies.
  func place(ofBlock block: Int) -> Place {
    let (plane, rest) = block.quotientAndRemainder(dividingBy: blocksDown * blocksAcross)
    let (down, across) = rest.quotientAndRemainder(dividingBy: blocksAcross)
    let rows = (down * blockHeight)..<min((down + 1) * blockHeight, height)
    return Place(
      channel: plane, rows: rows, columns: (across * blockWidth)..<min((across + 1) * blockWidth, width),
      storedRows: isTiled ? blockHeight : rows.count)
  }

  /// Copies the kept samples of a block into the image, 8 bits each.
  ///
  /// - Parameters:
  ///   - block: The decoded rows of the block.
  ///   - place: Where the block lies.
  ///   - image: The samples of the whole image, `channels` per pixel.
  func copy(_ block: UnsafeRawBufferPointer, at place: Place, to image: UnsafeMutableBufferPointer<UInt8>) {
    let kept = samplesInBlock == 1 ? 1 : channels
    for row in place.rows {
      let source = (row - place.rows.lowerBound) * bytesPerRow
      if bits == 8 && samplesInBlock == channels {
        let target = (row * width + place.columns.lowerBound) * channels
        let size = place.columns.count * channels
        _ = image[target..<(target + size)].initialize(from: block[source..<(source + size)])
        continue
      }
      for column in place.columns {
        let first = (column - place.columns.lowerBound) * samplesInBlock
        let target = (row * width + column) * channels + place.channel
        for sample in 0..<kept {
          image[target + sample] = value(ofSample: first + sample, ofRowAt: source, in: block)
        }
      }
    }
  }

  /// One sample as 8 bits: stretched to 0...255, but for the indices into a palette.
  private func value(ofSample index: Int, ofRowAt row: Int, in block: UnsafeRawBufferPointer) -> UInt8 {
    switch bits {
    case 8:
      return block[row + index]
    case 16:
      let value = UInt32(block.loadUnaligned(fromByteOffset: row + index * 2, as: UInt16.self))
      // value / 257, rounded.
      return UInt8((value * 255 + 32895) >> 16)
    default:
      let largest = UInt8(1 << bits) - 1
      let shift = 8 - bits - index * bits % 8
      let value = (block[row + index * bits / 8] >> UInt8(shift)) & largest
      if case .palette = color { return value }
      return value * (255 / largest)
    }
  }
}
