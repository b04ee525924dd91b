/// The pixels that an image takes in a figure, at the aspect of the image unless that is extreme.
package struct PixelExtents: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// Whether the image is so wide that panels belong below each other.
  package let isWide: Bool
  /// Whether the shorter side is enlarged more than the longer.
  package let isStretched: Bool

  /// Images at least so many times as wide as high are wide.
  private static let wideAspect = 3
  /// Beyond this aspect the shorter side would be too thin to see.
  private static let largestAspect = 8
  /// Enlarging by a whole factor keeps all pixels equally large; it is chosen when it fills this much of the longest side.
  private static let leastFilled = 0.7

  /// The extents in units of the canvas.
  var size: Size {
    Size(width: Double(columns) / Canvas.pixelsPerUnit, height: Double(rows) / Canvas.pixelsPerUnit)
  }

  /// Creates the extents for an image.
  ///
  /// - Parameters:
  ///   - rows: The height of the image.
  ///   - columns: The width of the image.
  ///   - longest: What the longer side is at most, of a wide image and of any other.
  package init(rows: Int, columns: Int, longest: (wide: Int, other: Int) = (1280, 512)) {
    isWide = columns / Self.wideAspect >= rows
    let longest = isWide ? longest.wide : longest.other
    let (longer, shorter) = (max(rows, columns), min(rows, columns))
    let whole = longest / longer
    let isWhole = Double(whole * longer) >= Self.leastFilled * Double(longest)
    let long = isWhole ? whole * longer : longest
    isStretched = longer / Self.largestAspect > shorter
    let short: Int
    if isStretched {
      let room = long / Self.largestAspect
      short = shorter <= room ? room / shorter * shorter : room
    } else {
      short = max(Int((Double(long) * Double(shorter) / Double(longer)).rounded()), 1)
    }
    (self.rows, self.columns) = rows < columns ? (short, long) : (long, short)
  }
}
