/// Panels of one size in rows and columns, each with a caption, and one key for all.
package struct PanelGrid: Layout {
  /// One panel with the words above it.
  package struct Cell: Sendable {
    let panel: any Panel
    let caption: String
  }

  /// The cells, row by row from the top.
  let cells: [Cell]
  let columns: Int
  let panelSize: Size
  let key: ColorBar

  private static let columnGap = 16.0
  private static let rowGap = 8.0
  private static let captionHeight = 20.0
  /// A caption needs this much, however narrow the panel is.
  private static let narrowestColumn = 150.0
  /// A shorter key has no room for its ticks and label, a longer one says no more.
  private static let keyHeights = 90.0...256.0

  package var size: Size {
    Size(
      width: (columnWidth + Self.columnGap) * Double(columns) + key.thickness(height: keyHeight).rounded(.up),
      height: Self.captionHeight + max(panelsHeight, keyHeight) + 6)
  }

  package func draw(on canvas: Canvas, at corner: Point) {
    let top = corner.y + Self.captionHeight
    let height = max(panelsHeight, keyHeight)
    for (index, cell) in cells.enumerated() {
      let left = corner.x + Double(index % columns) * (columnWidth + Self.columnGap)
      let area = Rectangle(
        x: Canvas.snapped(left + (columnWidth - panelSize.width) / 2),
        y: Canvas.snapped(top + (height - panelsHeight) / 2 + Double(index / columns) * rowHeight),
        width: panelSize.width, height: panelSize.height)
      cell.panel.draw(on: canvas, in: area)
      canvas.text(
        FigureStyle.caption.fitted(cell.caption, to: columnWidth), at: Point(area.middleX, area.y - 7),
        FigureStyle.caption, FigureStyle.text, anchor: .middle)
    }
    key.draw(
      on: canvas, x: corner.x + (columnWidth + Self.columnGap) * Double(columns),
      top: Canvas.snapped(top + (height - keyHeight) / 2), height: keyHeight)
  }

  private var columnWidth: Double { max(panelSize.width, Self.narrowestColumn) }

  private var rowHeight: Double { panelSize.height + Self.captionHeight + Self.rowGap }

  /// From the upper edge of the first row of panels to the lower edge of the last.
  private var panelsHeight: Double {
    Double((cells.count + columns - 1) / columns - 1) * rowHeight + panelSize.height
  }

  private var keyHeight: Double {
    min(max(panelsHeight, Self.keyHeights.lowerBound), Self.keyHeights.upperBound)
  }
}
