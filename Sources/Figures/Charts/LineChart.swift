import Foundation

/// Curves in one frame: ROC curves, the course of scores under deletion and insertion.
public struct LineChart: Sendable, Equatable {
  /// The heading.
  public var title: String
  /// What the horizontal axis is.
  public var xLabel: String
  /// What the vertical axis is.
  public var yLabel: String
  /// The curves.
  public var series: [ChartSeries]
  /// Whether the diagonal, which chance would give, is drawn.
  public var showsDiagonal: Bool

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - xLabel: What the horizontal axis is.
  ///   - yLabel: What the vertical axis is.
  ///   - series: The curves, with finite places.
  ///   - showsDiagonal: Whether the diagonal, which chance would give, is drawn.
  public init(
    title: String, xLabel: String, yLabel: String, series: [ChartSeries], showsDiagonal: Bool = false
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
    self.showsDiagonal = showsDiagonal
  }

  /// The ends of the horizontal axis.
  package var xRange: ClosedRange<Double> { Self.range(series.flatMap { $0.places.map(\.x) }, room: 0) }

  /// The ends of the vertical axis.
  package var yRange: ClosedRange<Double> {
    if showsDiagonal { return 0...1 }
    return Self.range(
      series.flatMap { $0.places.flatMap { [$0.y - $0.error, $0.y + $0.error] } }, room: 0.05)
  }

  private static func range(_ values: [Double], room: Double) -> ClosedRange<Double> {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    guard low < high else { return (low - 0.5)...(high + 0.5) }
    return (low - (high - low) * room)...(high + (high - low) * room)
  }

  /// Draws the chart; the same chart always gives the same bytes.
  ///
  /// - Parameter format: The file format.
  /// - Returns: The content of a file.
  /// - Throws: `FigureError.drawing` when cairo fails.
  public func figure(as format: FigureFormat) throws(FigureError) -> Data {
    let title = Title(heading: title.printable, facts: [], notes: [])
    return try Figure(title: title, body: LineChartLayout(chart: self)).encoded(as: format)
  }
}

/// The frame of a line chart with its axes, and the key at the right.
struct LineChartLayout: Layout {
  let chart: LineChart

  private static let panel = Size(width: 420, height: 300)
  /// The room for the vertical axis.
  static let left = 60.0
  private static let (keyWidth, keyGap) = (190.0, 16.0)

  var size: Size {
    Size(
      width: Self.left + Self.panel.width + Self.keyGap + Self.keyWidth,
      height: max(Self.panel.height + Axis.height, Double(chart.series.count) * 17) + 4)
  }

  func draw(on canvas: Canvas, at corner: Point) {
    let area = Rectangle(
      x: corner.x + Self.left, y: corner.y + 4, width: Self.panel.width, height: Self.panel.height)
    let (across, up) = (chart.xRange, chart.yRange)
    let (x, y) = (Axis(across, label: chart.xLabel), Axis(up, label: chart.yLabel))
    canvas.clipped(to: area) {
      if chart.showsDiagonal {
        canvas.line([Point(area.x, area.bottom), Point(area.right, area.y)], FigureStyle.frame)
      }
      for (number, series) in chart.series.enumerated() {
        let color = ChartSeries.color(number)
        let points = series.places.map { Point(area.x(of: $0.x, in: across), area.y(of: $0.y, in: up)) }
        for (place, point) in zip(series.places, points) where place.error > 0 {
          let ends = [place.y - place.error, place.y + place.error].map {
            Point(point.x, area.y(of: $0, in: up))
          }
          canvas.line(ends, color, opacity: 0.45)
        }
        canvas.line(points, color, width: 1.6, roundEnds: true)
      }
    }
    canvas.outline(area, FigureStyle.frame)
    y.drawLeft(on: canvas, of: area, labelX: corner.x)
    x.drawBelow(on: canvas, of: area, x.ticks(width: area.width), withLabels: true)
    for (number, series) in chart.series.enumerated() {
      let place = Point(area.right + Self.keyGap, area.y + 8 + Double(number) * 17)
      canvas.line([place, Point(place.x + 18, place.y)], ChartSeries.color(number), width: 2.4)
      canvas.text(
        FigureStyle.tickLabel.fitted(series.name.printable, to: Self.keyWidth - 24),
        at: Point(place.x + 24, place.y), FigureStyle.tickLabel, FigureStyle.text, centred: true)
    }
  }
}
