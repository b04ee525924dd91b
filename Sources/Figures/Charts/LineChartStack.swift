import Foundation

/// Line charts below each other, as learning curves are: loss and accuracy over the epochs.
public struct LineChartStack: Sendable, Equatable {
  /// The heading.
  public var title: String
  /// The charts from the top; their titles are captions.
  public var charts: [LineChart]

  /// Creates a stack.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - charts: The charts from the top.
  public init(title: String, charts: [LineChart]) {
    self.title = title
    self.charts = charts
  }

  /// Draws the charts; the same charts always give the same bytes.
  ///
  /// - Parameter format: The file format.
  /// - Returns: The content of a file.
  /// - Throws: `FigureError.drawing` when cairo fails.
  public func figure(as format: FigureFormat) throws(FigureError) -> Data {
    let title = Title(heading: title.printable, facts: [], notes: [])
    return try Figure(title: title, body: StackLayout(charts: charts)).encoded(as: format)
  }
}

/// The charts with their captions.
private struct StackLayout: Layout {
  let charts: [LineChart]

  private static let captionHeight = 22.0
  private static let gap = 14.0

  private var layouts: [LineChartLayout] { charts.map { LineChartLayout(chart: $0) } }

  var size: Size {
    let sizes = layouts.map(\.size)
    return Size(
      width: sizes.map(\.width).max() ?? 0,
      height: sizes.reduce(0) { $0 + $1.height + Self.captionHeight }
        + Double(max(charts.count - 1, 0)) * Self.gap)
  }

  func draw(on canvas: Canvas, at corner: Point) {
    var top = corner.y
    for layout in layouts {
      let place = Point(corner.x + LineChartLayout.left, top + Self.captionHeight - 7)
      canvas.text(layout.chart.title.printable, at: place, FigureStyle.caption, FigureStyle.text)
      layout.draw(on: canvas, at: Point(corner.x, top + Self.captionHeight))
      top += Self.captionHeight + layout.size.height + Self.gap
    }
  }
}
