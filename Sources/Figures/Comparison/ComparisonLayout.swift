/// Rows of panels with a title each and a caption above every panel, and the keys of the colours at the right.
struct ComparisonLayout: Layout {
  /// One panel with the words above it.
  struct Panel: Sendable {
    let panel: any Figures.Panel
    let caption: String
  }

  /// One row.
  struct Row: Sendable {
    let title: String
    let panels: [Panel]
    let panelSize: Size
    /// The horizontal axis of every panel, drawn below the last row, or `nil` for none.
    let axis: Axis?

    var columnWidth: Double { max(panelSize.width, ComparisonLayout.narrowestColumn) }
    var width: Double {
      Double(panels.count) * (columnWidth + ComparisonLayout.columnGap) - ComparisonLayout.columnGap
    }
    func height(isLast: Bool) -> Double {
      ComparisonLayout.titleHeight + ComparisonLayout.captionHeight + panelSize.height
        + (isLast && axis != nil ? Axis.height : 0)
    }
  }

  let rows: [Row]
  let keys: [ColorBar]

  private static let (titleHeight, captionHeight) = (22.0, 18.0)
  private static let (columnGap, rowGap) = (12.0, 14.0)
  /// A caption needs this much, however narrow the panel is.
  private static let narrowestColumn = 150.0
  private static let (keyHeight, keyGap) = (150.0, 18.0)

  var size: Size {
    let width = rows.map(\.width).max() ?? 0
    let keyWidth = keys.map { $0.thickness(height: Self.keyHeight) }.max() ?? 0
    return Size(
      width: (width + Self.keyGap + keyWidth).rounded(.up), height: max(rowsHeight, keysHeight) + 6)
  }

  func draw(on canvas: Canvas, at corner: Point) {
    var top = corner.y
    for (index, row) in rows.enumerated() {
      let isLast = index == rows.count - 1
      draw(row, isLast: isLast, on: canvas, at: Point(corner.x, top))
      top += row.height(isLast: isLast) + Self.rowGap
    }
    let x = corner.x + (rows.map(\.width).max() ?? 0) + Self.keyGap
    var keyTop = corner.y + Self.titleHeight + Self.captionHeight
    for key in keys {
      key.draw(on: canvas, x: x, top: Canvas.snapped(keyTop), height: Self.keyHeight)
      keyTop += Self.keyHeight + Self.rowGap
    }
  }

  private func draw(_ row: Row, isLast: Bool, on canvas: Canvas, at corner: Point) {
    canvas.text(
      FigureStyle.subtitle.fitted(row.title, to: row.width), at: Point(corner.x, corner.y + 14),
      FigureStyle.subtitle, FigureStyle.ink)
    let top = Canvas.snapped(corner.y + Self.titleHeight + Self.captionHeight)
    for (index, panel) in row.panels.enumerated() {
      let left = corner.x + Double(index) * (row.columnWidth + Self.columnGap)
      let area = Rectangle(
        x: Canvas.snapped(left + (row.columnWidth - row.panelSize.width) / 2), y: top,
        width: row.panelSize.width, height: row.panelSize.height)
      panel.panel.draw(on: canvas, in: area)
      canvas.text(
        FigureStyle.caption.fitted(panel.caption, to: row.columnWidth), at: Point(area.middleX, area.y - 6),
        FigureStyle.caption, FigureStyle.text, anchor: .middle)
      if let axis = row.axis {
        axis.drawBelow(on: canvas, of: area, axis.ticks(width: area.width), withLabels: isLast)
      }
    }
  }

  private var rowsHeight: Double {
    rows.enumerated().reduce(0) { $0 + $1.element.height(isLast: $1.offset == rows.count - 1) }
      + Self.rowGap * Double(max(rows.count - 1, 0))
  }

  private var keysHeight: Double {
    Self.titleHeight + Self.captionHeight + Double(keys.count) * (Self.keyHeight + Self.rowGap)
  }
}
