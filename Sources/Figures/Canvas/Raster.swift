/// A picture of pixels, row by row from the top, each `0x00RRGGBB`.
package struct Raster: Sendable, Equatable {
  package let width: Int
  package let height: Int
  package let pixels: [UInt32]

  /// Creates a picture from `width` times `height` pixels.
  package init(width: Int, height: Int, pixels: [UInt32]) {
    precondition(pixels.count == width * height, "\(pixels.count) pixels do not fill \(width) x \(height)")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The picture in other extents, each new pixel a copy of the old one under its centre.
  package func enlarged(width newWidth: Int, height newHeight: Int) -> Raster {
    guard newWidth != width || newHeight != height else { return self }
    let columns = (0..<newWidth).map { (2 * $0 + 1) * width / (2 * newWidth) }
    var result: [UInt32] = []
    result.reserveCapacity(newWidth * newHeight)
    var (row, line) = (-1, [UInt32]())
    for newRow in 0..<newHeight {
      let oldRow = (2 * newRow + 1) * height / (2 * newHeight)
      if oldRow != row {
        row = oldRow
        line = columns.map { pixels[row * width + $0] }
      }
      result += line
    }
    return Raster(width: newWidth, height: newHeight, pixels: result)
  }
}
