extension PixelImage {
  /// The image as it is meant to be seen.
  ///
  /// - Parameter orientation: The orientation tag of TIFF and EXIF: 1 as stored, 2 mirrored, 3 turned by 180 degrees, 4 upside
  ///   down, 5 with rows and columns exchanged, 6 to be turned clockwise, 7 exchanged and turned by 180 degrees, 8 to be
  ///   turned counterclockwise. Any other number stands for 1.
  /// - Returns: The turned image; its extents are exchanged from 5 on.
  func turned(byOrientation orientation: Int) -> PixelImage {
    guard (2...8).contains(orientation) else { return self }
    let exchanges = orientation >= 5
    let startsBelow = [3, 4, 6, 7].contains(orientation)
    let startsRight = [2, 3, 7, 8].contains(orientation)
    let (rows, columns) = exchanges ? (width, height) : (height, width)
    let turned = [UInt8](unsafeUninitializedCapacity: samples.count) { target, count in
      for row in 0..<rows {
        for column in 0..<columns {
          let (down, across) = exchanges ? (column, row) : (row, column)
          let source =
            (startsBelow ? height - 1 - down : down) * width + (startsRight ? width - 1 - across : across)
          for channel in 0..<channels {
            target[count] = samples[source * channels + channel]
            count += 1
          }
        }
      }
    }
    return PixelImage(height: rows, width: columns, channels: channels, samples: turned)
  }
}
