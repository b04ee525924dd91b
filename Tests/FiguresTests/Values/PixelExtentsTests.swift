import Figures
import Testing

@Suite struct PixelExtentsTests {
  @Test(arguments: [
    // 18 x 28 = 504 of 512.
    (28, 28, 504, 504),
    (224, 224, 448, 448),
    (1, 1, 512, 512),
    // 512 / 299 = 1 would fill 0.58: enlarged by a fraction instead.
    (299, 299, 512, 512),
    // Reduced to 512 x 512 x 1500 / 2000.
    (1500, 2000, 384, 512),
    (100, 50, 500, 250),
    // Wide: 1280 / 400 = 3.
    (64, 400, 192, 1200),
  ])
  func keepTheAspect(rows: Int, columns: Int, shownRows: Int, shownColumns: Int) {
    let extents = PixelExtents(rows: rows, columns: columns)
    #expect(extents.rows == shownRows && extents.columns == shownColumns)
    #expect(!extents.isStretched)
    #expect(extents.isWide == (columns == 400))
  }

  @Test(arguments: [(3, 400), (400, 3), (22, 1125), (2, 1_000_000)])
  func extremeAspectsAreStretchedToBeSeen(rows: Int, columns: Int) {
    let extents = PixelExtents(rows: rows, columns: columns)
    #expect(extents.isStretched)
    #expect(min(extents.rows, extents.columns) >= 30)
    #expect(max(extents.rows, extents.columns) <= 1280)
  }
}
