/// Values in rows and columns that fill the panel, whatever its aspect.
package struct MatrixPanel: Panel {
  let plane: Plane
  let scale: ColorScale

  package func draw(on canvas: Canvas, in area: Rectangle) {
    let raster = Raster(
      width: plane.columns, height: plane.rows, pixels: plane.values.map { scale.color(of: $0).packed })
    // Exactly the pixels of the area, so that no viewer smooths or aliases them.
    let height = max(Int(area.height * Canvas.pixelsPerUnit), 1)
    canvas.draw(raster.enlarged(width: columns(in: area), height: height), in: area)
    canvas.outline(area, FigureStyle.frame)
  }
}
