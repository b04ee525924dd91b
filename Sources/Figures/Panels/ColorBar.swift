/// The key of a colour scale, upright, with ticks on its right.
package struct ColorBar: Sendable {
  let scale: ColorScale
  let label: String

  private static let width = 11.0
  private static let point = 9.0

  /// The ticks along a bar.
  private func ticks(height: Double) -> Ticks {
    // A map of zeros has no meaningful ends: only zero is marked.
    guard !scale.isZero else { return Ticks(in: 0...0, intervals: 1) }
    let intervals = min(max(Int(height / 24), 2), 8)
    let ticks = Ticks(in: scale.range, intervals: intervals)
    return ticks.values.count > 1 ? ticks : Ticks(in: scale.range, intervals: 2 * intervals)
  }

  /// The room that the bar takes with its labels.
  package func thickness(height: Double) -> Double {
    Self.width + FigureStyle.tickLength + FigureStyle.tickGap
      + ticks(height: height).width(in: FigureStyle.tickLabel) + 8 + FigureStyle.axisLabel.size
  }

  /// Draws the bar.
  ///
  /// - Parameters:
  ///   - canvas: The canvas.
  ///   - x: The left edge.
  ///   - top: The upper end, the point of an open scale included.
  ///   - height: The length, the points of an open scale included.
  package func draw(on canvas: Canvas, x: Double, top: Double, height: Double) {
    let start = top + (scale.isOpen.above ? Self.point : 0)
    let end = top + height - (scale.isOpen.below ? Self.point : 0)
    let bar = Rectangle(x: x, y: start, width: Self.width, height: end - start)
    let colors = (0..<256).map { scale.map.color(at: 1 - (Double($0) + 0.5) / 256) }
    canvas.fillStrips(bar, colors, upright: false)
    var outline = [Point(bar.x, bar.y)]
    if scale.isOpen.above {
      let tip = [Point(bar.x, bar.y), Point(bar.middleX, top), Point(bar.right, bar.y)]
      canvas.fill(tip, scale.map.color(at: 1))
      outline.append(tip[1])
    }
    outline += [Point(bar.right, bar.y), Point(bar.right, bar.bottom)]
    if scale.isOpen.below {
      let tip = [Point(bar.x, bar.bottom), Point(bar.middleX, top + height), Point(bar.right, bar.bottom)]
      canvas.fill(tip, scale.map.color(at: 0))
      outline.append(tip[1])
    }
    outline += [Point(bar.x, bar.bottom), Point(bar.x, bar.y)]
    canvas.line(outline, FigureStyle.tick, width: 0.75)
    drawTicks(
      on: canvas, of: bar, labelX: x + thickness(height: height) - FigureStyle.axisLabel.size / 2, height)
  }

  private func drawTicks(on canvas: Canvas, of bar: Rectangle, labelX: Double, _ height: Double) {
    let ticks = ticks(height: height)
    for (value, text) in zip(ticks.values, ticks.labels) {
      let y = Canvas.snapped(bar.y(of: value, in: scale.range))
      canvas.line([Point(bar.right, y), Point(bar.right + FigureStyle.tickLength, y)], FigureStyle.tick)
      let place = Point(bar.right + FigureStyle.tickLength + FigureStyle.tickGap, y)
      canvas.text(text, at: place, FigureStyle.tickLabel, FigureStyle.text, centred: true)
    }
    canvas.text(
      ticks.label(label, in: FigureStyle.axisLabel, to: height), at: Point(labelX, bar.middleY),
      FigureStyle.axisLabel, FigureStyle.text, anchor: .middle, centred: true, upwards: true)
  }
}
