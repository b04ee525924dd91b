/// Values as bars from a zero line, one per position.
package struct BarPanel: Panel {
  /// The values.
  let values: [Float]
  /// The values at the bottom and the top, zero between them.
  let range: ClosedRange<Double>
  let positive: Color
  let negative: Color

  package func draw(on canvas: Canvas, in area: Rectangle) {
    let zero = Canvas.snapped(area.y(of: 0, in: range))
    let columns = columns(in: area)
    if values.count <= columns / 3 {
      drawBars(on: canvas, in: area, zero: zero)
    } else {
      drawEnvelope(on: canvas, in: area, zero: zero, columns: min(columns, values.count))
    }
    canvas.line([Point(area.x, zero), Point(area.right, zero)], FigureStyle.tick)
    canvas.outline(area, FigureStyle.frame)
  }

  private func drawBars(on canvas: Canvas, in area: Rectangle, zero: Double) {
    let spacing = area.width / Double(values.count)
    let width = min(spacing * 0.8, 80)
    for (index, value) in values.enumerated() where value != 0 {
      let y = area.y(of: Double(value), in: range)
      let x = area.x + (Double(index) + 0.5) * spacing - width / 2
      canvas.fill(
        Rectangle(x: x, y: min(y, zero), width: width, height: abs(y - zero)), value > 0 ? positive : negative
      )
    }
  }

  /// Bars too narrow to be seen one by one: the areas between zero and the largest and the least of each column.
  private func drawEnvelope(on canvas: Canvas, in area: Rectangle, zero: Double, columns: Int) {
    let spacing = area.width / Double(columns)
    var above: [Point] = []
    var below: [Point] = []
    for column in 0..<columns {
      let part = values[Envelope.indices(column, of: columns, count: values.count)]
      let (left, right) = (area.x + Double(column) * spacing, area.x + Double(column + 1) * spacing)
      let top = area.y(of: Double(max(part.max() ?? 0, 0)), in: range)
      let bottom = area.y(of: Double(min(part.min() ?? 0, 0)), in: range)
      above += [Point(left, top), Point(right, top)]
      below += [Point(left, bottom), Point(right, bottom)]
    }
    let ends = [Point(area.right, zero), Point(area.x, zero)]
    canvas.fill(above + ends, positive)
    canvas.fill(below + ends, negative)
  }
}
