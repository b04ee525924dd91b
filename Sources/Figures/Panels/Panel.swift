/// A drawing that fills a rectangle: one curve, one set of bars, one map.
package protocol Panel: Sendable {
  /// Draws inside a rectangle and never beyond it.
  func draw(on canvas: Canvas, in area: Rectangle)
}

extension Panel {
  /// The number of pixel columns of an area.
  func columns(in area: Rectangle) -> Int { max(Int(area.width * Canvas.pixelsPerUnit), 1) }
}
