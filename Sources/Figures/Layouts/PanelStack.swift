/// Panels below each other that share a horizontal axis.
package struct PanelStack: Layout {
  /// One panel with its vertical axis.
  package struct Row: Sendable {
    let panel: any Panel
    let height: Double
    let axis: Axis
  }

  /// The key of the colours of some neighbouring rows.
  package struct Key: Sendable {
    let bar: ColorBar
    let rows: ClosedRange<Int>
  }

  let rows: [Row]
  let keys: [Key]
  let shared: Axis
  package let size: Size

  /// The room for the vertical axes, to the left of the panels.
  private let leftRoom: Double
  /// The extents of the panels themselves, between the vertical axes and the keys.
  package let panelWidth: Double
  /// The upper edges of the rows.
  private let tops: [Double]

  private static let rowGap = 12.0
  private static let keyGap = 14.0
  /// Longer keys say no more.
  private static let longestKey = 220.0
  /// Half a line, so that a label at the very top of a vertical axis is whole.
  private static let labelRoom = 4.0

  /// Creates a stack.
  ///
  /// - Parameters:
  ///   - rows: The panels from the top.
  ///   - keys: The keys of their colours.
  ///   - shared: The horizontal axis.
  ///   - width: The width of everything.
  package init(rows: [Row], keys: [Key], shared: Axis, width: Double = 764) {
    self.rows = rows
    self.keys = keys
    self.shared = shared
    leftRoom = (rows.map { $0.axis.thickness(height: $0.height) }.max() ?? 0).rounded(.up)
    let thickest = keys.map { $0.bar.thickness(height: min(Self.extent(of: rows[$0.rows]), Self.longestKey)) }
      .max()
    let rightRoom = thickest.map { ($0 + Self.keyGap).rounded(.up) } ?? 12
    panelWidth = width - leftRoom - rightRoom
    tops = rows.indices.map { Self.labelRoom + Self.extent(of: rows[..<$0]) + ($0 > 0 ? Self.rowGap : 0) }
    size = Size(width: width, height: Self.labelRoom + Self.extent(of: rows[...]) + Axis.height - 4)
  }

  /// The height of neighbouring rows with the gaps between them.
  private static func extent(of rows: ArraySlice<Row>) -> Double {
    rows.reduce(0) { $0 + $1.height } + rowGap * Double(max(rows.count - 1, 0))
  }

  package func draw(on canvas: Canvas, at corner: Point) {
    let areas = zip(rows, tops).map { row, top in
      Rectangle(x: corner.x + leftRoom, y: corner.y + top, width: panelWidth, height: row.height)
    }
    let ticks = shared.ticks(width: panelWidth)
    for (index, (row, area)) in zip(rows, areas).enumerated() {
      row.panel.draw(on: canvas, in: area)
      row.axis.drawLeft(on: canvas, of: area, labelX: corner.x)
      shared.drawBelow(on: canvas, of: area, ticks, withLabels: index == rows.count - 1)
    }
    for key in keys {
      let (first, last) = (areas[key.rows.lowerBound], areas[key.rows.upperBound])
      let extent = last.bottom - first.y
      let height = min(extent, Self.longestKey)
      key.bar.draw(
        on: canvas, x: first.right + Self.keyGap, top: Canvas.snapped(first.y + (extent - height) / 2),
        height: height)
    }
  }
}
