/// A picture of pixels in a thin frame.
package struct MapPanel: Panel {
  let raster: Raster

  package func draw(on canvas: Canvas, in area: Rectangle) {
    canvas.draw(raster, in: area)
    canvas.outline(area, FigureStyle.frame)
  }
}
