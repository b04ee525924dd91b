import Foundation

/// One value with its interval per row: what a metric says of every method.
public struct IntervalChart: Sendable, Equatable {
  /// One row.
  public struct Row: Sendable, Equatable {
    /// What the value belongs to.
    public var name: String
    /// The value.
    public var value: Double
    /// The interval around it, when there is one.
    public var interval: ClosedRange<Double>?

    /// Creates a row.
    public init(name: String, value: Double, interval: ClosedRange<Double>? = nil) {
      self.name = name
      self.value = value
      self.interval = interval
    }
  }

  /// The heading.
  public var title: String
  /// What the values are.
  public var label: String
  /// The rows from the top.
  public var rows: [Row]

  /// Creates a chart of finite values.
  public init(title: String, label: String, rows: [Row]) {
    self.title = title
    self.label = label
    self.rows = rows
  }

  /// The ends of the axis; zero is always on it.
  package var range: ClosedRange<Double> {
    let values: [Double] =
      [0]
      + rows.flatMap { row -> [Double] in
        [row.value] + (row.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
      }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    guard low < high else { return (low - 0.5)...(high + 0.5) }
    let room = (high - low) * 0.04
    return (low < 0 ? low - room : low)...(high > 0 ? high + room : high)
  }

  /// Draws the chart as bars with their intervals; the same chart always gives the same bytes.
  ///
  /// - Parameter format: The file format.
  /// - Returns: The content of a file.
  /// - Throws: `FigureError.drawing` when cairo fails.
  public func figure(as format: FigureFormat) throws(FigureError) -> Data {
    let title = Title(heading: title.printable, facts: [], notes: [])
    return try Figure(title: title, body: IntervalChartLayout(chart: self)).encoded(as: format)
  }
}

/// Names at the left, bars from zero with their intervals, the axis below.
private struct IntervalChartLayout: Layout {
  let chart: IntervalChart

  private static let (names, bars, row) = (170.0, 430.0, 24.0)

  var size: Size {
    Size(width: Self.names + Self.bars, height: Double(chart.rows.count) * Self.row + 8 + Axis.height)
  }

  func draw(on canvas: Canvas, at corner: Point) {
    let area = Rectangle(
      x: corner.x + Self.names, y: corner.y, width: Self.bars,
      height: Double(chart.rows.count) * Self.row + 8)
    let range = chart.range
    let zero = area.x(of: 0, in: range)
    for (index, row) in chart.rows.enumerated() {
      let middle = area.y + 4 + (Double(index) + 0.5) * Self.row
      let end = area.x(of: row.value, in: range)
      canvas.fill(
        Rectangle(x: min(zero, end), y: middle - 7, width: abs(end - zero), height: 14),
        ChartSeries.color(0).blended(with: Color(grey: 1), opacity: 0.35))
      if let interval = row.interval {
        let ends = [interval.lowerBound, interval.upperBound].map { area.x(of: $0, in: range) }
        canvas.line(ends.map { Point($0, middle) }, FigureStyle.ink, width: 1.4)
        for x in ends {
          canvas.line([Point(x, middle - 4), Point(x, middle + 4)], FigureStyle.ink, width: 1.4)
        }
      }
      canvas.text(
        FigureStyle.axisLabel.fitted(row.name.printable, to: Self.names - 12),
        at: Point(area.x - 8, middle), FigureStyle.axisLabel, FigureStyle.text, anchor: .end, centred: true)
    }
    canvas.line([Point(zero, area.y), Point(zero, area.bottom)], FigureStyle.tick)
    canvas.outline(area, FigureStyle.frame)
    let axis = Axis(range, label: chart.label)
    axis.drawBelow(on: canvas, of: area, axis.ticks(width: area.width), withLabels: true)
  }
}
