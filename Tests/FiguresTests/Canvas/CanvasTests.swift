import Figures
import Foundation
import Testing

@Suite struct CanvasTests {
  private func drawn(_ size: Size, _ draw: (Canvas) -> Void) throws -> Picture {
    let png = try FigureFormat.png.render(size: size, title: "", summary: "", draw)
    return try #require(decoded(png))
  }

  @Test func pixelsAreTwoPerUnit() throws {
    let raster = try drawn(Size(width: 10, height: 5)) { canvas in
      canvas.fill(Rectangle(x: 1, y: 1, width: 2, height: 3), Color(red: 1, green: 0, blue: 0))
    }
    #expect(raster.width == 20 && raster.height == 10)
    #expect(raster.histogram == [0xFF_0000: 4 * 6, 0xFF_FFFF: 200 - 24])
  }

  @Test func rastersAreCopiedPixelByPixel() throws {
    let pixels = (0..<24).map { UInt32($0) * 0x0A_0305 }
    let source = Raster(width: 6, height: 4, pixels: pixels)
    let raster = try drawn(Size(width: 5, height: 4)) {
      $0.draw(source, in: Rectangle(x: 1, y: 1, width: 3, height: 2))
    }
    for row in 0..<4 {
      #expect(Array(raster.line(row + 2)[2..<8]) == Array(pixels[(row * 6)..<(row * 6 + 6)]))
    }
  }

  @Test func smallRastersStayCrisp() throws {
    let source = Raster(width: 2, height: 1, pixels: [0x0000FF, 0xFF0000])
    let raster = try drawn(Size(width: 8, height: 4)) {
      $0.draw(source, in: Rectangle(x: 0, y: 0, width: 8, height: 4))
    }
    #expect(raster.histogram == [0x0000FF: 64, 0xFF0000: 64])
  }

  @Test(arguments: [true, false]) func stripsLeaveNoSeams(upright: Bool) throws {
    let colors = (0..<7).map { Color(red: 1, green: Double($0) * 10 / 255, blue: 0) }
    let raster = try drawn(Size(width: 10, height: 10)) {
      $0.fillStrips(Rectangle(x: 0, y: 0, width: 10, height: 10), colors, upright: upright)
    }
    // A seam would let the white paper through as blue.
    #expect(raster.histogram.keys.allSatisfy { $0 & 0xFF == 0 && $0 >> 16 == 0xFF })
    #expect(raster[0, 0] == colors[0].packed)
    #expect(raster[19, 19] == colors[6].packed)
  }

  @Test func snappedLinesCoverWholePixels() throws {
    let y = Canvas.snapped(2.3)
    let raster = try drawn(Size(width: 4, height: 5)) { $0.line([Point(0, y), Point(4, y)], Color(grey: 0)) }
    #expect(raster.histogram == [0: 2 * 8, 0xFF_FFFF: 80 - 16])
  }

  @Test func textIsAnchoredWhereItIsAskedFor() throws {
    let font = Font(size: 10)
    let raster = try drawn(Size(width: 100, height: 20)) {
      $0.text("right", at: Point(90, 10), font, Color(grey: 0), anchor: .end, centred: true)
    }
    let columns = (0..<raster.width).filter { column in
      (0..<raster.height).contains { raster[$0, column] != 0xFF_FFFF }
    }
    let rightmost = try #require(columns.max())
    let leftmost = try #require(columns.min())
    #expect((176...180).contains(rightmost))
    #expect(abs(Double(leftmost) - (180 - 2 * font.width(of: "right"))) < 4)
  }

  @Test func nothingLeavesAClip() throws {
    let raster = try drawn(Size(width: 10, height: 10)) { canvas in
      canvas.clipped(to: Rectangle(x: 2, y: 2, width: 4, height: 4)) {
        canvas.line([Point(0, 0), Point(10, 10)], Color(grey: 0), width: 6, roundEnds: true)
      }
    }
    #expect(raster[2, 2] == 0xFF_FFFF)
    #expect(raster[8, 8] == 0)
    #expect(raster[14, 14] == 0xFF_FFFF)
  }

  @Test func cairoFailuresAreErrors() {
    // Cairo has no image surface wider than 32767 pixels.
    #expect(
      throws: FigureError.drawing(
        format: .png,
        reason: "invalid value (typically too big) for the size of the input (surface, pattern, etc.)")
    ) {
      _ = try FigureFormat.png.render(size: Size(width: 1e5, height: 10), title: "", summary: "") { _ in }
    }
  }
}
