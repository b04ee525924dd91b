/// A signal as a curve over strips coloured by its attribution.
package struct CurvePanel: Panel {
  /// The samples.
  let values: [Float]
  /// The attribution of every sample.
  let attribution: [Float]
  let scale: ColorScale
  /// The values at the bottom and the top.
  let range: ClosedRange<Double>

  /// The part at the bottom that a dense curve leaves free, so that it does not hide its own strips.
  package static let lane = 11.0

  package func draw(on canvas: Canvas, in area: Rectangle) {
    let columns = columns(in: area)
    drawStrips(on: canvas, in: area, columns: columns)
    let spacing = area.width / Double(values.count)
    let points = points(in: area, columns: columns)
    canvas.clipped(to: area) {
      // A pale casing keeps the curve readable on dark strips; a dense curve would hide the strips with it.
      if spacing >= 0.5 {
        canvas.line(points, Color(grey: 1), width: spacing >= 2 ? 3.2 : 2.2, opacity: 0.75, roundEnds: true)
      }
      if spacing >= 8 {
        canvas.dots(at: points, radius: 3, Color(grey: 1), opacity: 0.75)
        canvas.dots(at: points, radius: 2.1, FigureStyle.ink)
      }
      canvas.line(points, FigureStyle.ink, width: spacing >= 0.5 ? 1.3 : 0.8, roundEnds: true)
    }
    canvas.outline(area, FigureStyle.frame)
  }

  /// More strips than this are drawn as pixels, which keeps vector files small.
  private static let mostVectorStrips = 400

  private func drawStrips(on canvas: Canvas, in area: Rectangle, columns: Int) {
    let colors = Envelope.strongest(attribution, columns: columns).map(scale.color)
    guard colors.count > Self.mostVectorStrips else {
      canvas.fillStrips(area, colors, upright: true)
      return
    }
    let height = max(Int(area.height * Canvas.pixelsPerUnit), 1)
    let line = Raster(width: colors.count, height: 1, pixels: colors.map(\.packed))
    canvas.draw(line.enlarged(width: columns, height: height), in: area)
  }

  private func points(in area: Rectangle, columns: Int) -> [Point] {
    // Up to two samples per column a plain line shows every one of them.
    guard values.count > 2 * columns else {
      let spacing = area.width / Double(values.count)
      return values.enumerated().map { index, value in
        Point(area.x + (Double(index) + 0.5) * spacing, area.y(of: Double(value), in: range))
      }
    }
    let spacing = area.width / Double(columns)
    return Envelope.outline(values, columns: columns).enumerated().flatMap { column, outline in
      outline.map { Point(area.x + (Double(column) + 0.5) * spacing, area.y(of: Double($0), in: range)) }
    }
  }
}
