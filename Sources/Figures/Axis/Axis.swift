/// A labelled scale beside a panel.
package struct Axis: Sendable {
  /// The values at the two ends of the panel.
  package let range: ClosedRange<Double>
  package let label: String
  package let wholeNumbers: Bool
  /// Whether the label is a name, which is written level where it is short.
  package let hasNameLabel: Bool

  /// Creates an axis.
  ///
  /// - Parameters:
  ///   - range: The values at the two ends of the panel.
  ///   - label: What the values are.
  ///   - wholeNumbers: Whether only whole numbers make sense.
  ///   - hasNameLabel: Whether the label is a name, which is written level where it is short.
  package init(
    _ range: ClosedRange<Double>, label: String, wholeNumbers: Bool = false, hasNameLabel: Bool = false
  ) {
    self.range = range
    self.label = label
    self.wholeNumbers = wholeNumbers
    self.hasNameLabel = hasNameLabel
  }

  /// Ticks for a vertical axis.
  package func ticks(height: Double) -> Ticks {
    let intervals = min(max(Int(height / 26), 2), 6)
    let ticks = Ticks(in: range, intervals: intervals, wholeNumbers: wholeNumbers)
    guard ticks.values.count < 2 else { return ticks }
    // One number does not make a scale.
    return Ticks(in: range, intervals: 2 * intervals, wholeNumbers: wholeNumbers)
  }

  /// As many ticks for a horizontal axis as leave room between their labels.
  package func ticks(width: Double) -> Ticks {
    var intervals = 10
    while true {
      let ticks = Ticks(in: range, intervals: intervals, wholeNumbers: wholeNumbers)
      let needed = (ticks.width(in: FigureStyle.tickLabel) + 16) * Double(ticks.values.count)
      if needed <= width || intervals == 1 { return ticks }
      intervals -= 1
    }
  }

  /// The room that a vertical axis takes to the left of a panel.
  package func thickness(height: Double) -> Double {
    let ticks = ticks(height: height)
    return ticks.width(in: FigureStyle.tickLabel) + FigureStyle.tickLength + FigureStyle.tickGap + 8
      + (levelLabelWidth(ticks) ?? FigureStyle.axisLabel.size)
  }

  /// The width of a label that is written level, with the factor of the ticks below it.
  private func levelLabelWidth(_ ticks: Ticks) -> Double? {
    let width = FigureStyle.axisLabel.width(of: label)
    guard hasNameLabel, width <= 48 else { return nil }
    return max(width, ticks.factor.map { FigureStyle.tickLabel.width(of: $0) } ?? 0)
  }

  /// The room that a horizontal axis takes below a panel.
  package static let height =
    FigureStyle.tickLength + FigureStyle.tickGap + FigureStyle.tickLabel.lineHeight
    + FigureStyle.axisLabel.lineHeight

  /// Draws the axis to the left of a panel.
  ///
  /// - Parameters:
  ///   - canvas: The canvas.
  ///   - panel: The panel.
  ///   - labelX: The left edge of the label.
  package func drawLeft(on canvas: Canvas, of panel: Rectangle, labelX: Double) {
    let ticks = ticks(height: panel.height)
    for (value, text) in zip(ticks.values, ticks.labels) {
      let y = Canvas.snapped(panel.y(of: value, in: range))
      canvas.line([Point(panel.x - FigureStyle.tickLength, y), Point(panel.x, y)], FigureStyle.tick)
      let place = Point(panel.x - FigureStyle.tickLength - FigureStyle.tickGap, y)
      canvas.text(text, at: place, FigureStyle.tickLabel, FigureStyle.text, anchor: .end, centred: true)
    }
    drawLabel(on: canvas, left: labelX, panel, ticks)
  }

  private func drawLabel(on canvas: Canvas, left: Double, _ panel: Rectangle, _ ticks: Ticks) {
    let font = FigureStyle.axisLabel
    guard levelLabelWidth(ticks) != nil else {
      canvas.text(
        ticks.label(label, in: font, to: panel.height), at: Point(left + font.size / 2, panel.middleY), font,
        FigureStyle.text, anchor: .middle, centred: true, upwards: true)
      return
    }
    let middle = panel.middleY - (ticks.factor == nil ? 0 : font.size * 0.6)
    canvas.text(label, at: Point(left, middle), font, FigureStyle.text, centred: true)
    if let factor = ticks.factor {
      canvas.text(
        factor, at: Point(left, middle + font.size * 1.3), FigureStyle.tickLabel, FigureStyle.text,
        centred: true)
    }
  }

  /// Draws the axis below a panel.
  ///
  /// - Parameters:
  ///   - canvas: The canvas.
  ///   - panel: The panel.
  ///   - ticks: The ticks for its width.
  ///   - withLabels: Whether to draw numbers and label too, not only the ticks.
  package func drawBelow(on canvas: Canvas, of panel: Rectangle, _ ticks: Ticks, withLabels: Bool) {
    let baseline =
      panel.bottom + FigureStyle.tickLength + FigureStyle.tickGap + FigureStyle.tickLabel.capHeight
    for (value, text) in zip(ticks.values, ticks.labels) {
      let x = Canvas.snapped(panel.x(of: value, in: range))
      canvas.line(
        [Point(x, panel.bottom), Point(x, panel.bottom + FigureStyle.tickLength)], FigureStyle.tick)
      guard withLabels else { continue }
      canvas.text(text, at: Point(x, baseline), FigureStyle.tickLabel, FigureStyle.text, anchor: .middle)
    }
    guard withLabels else { return }
    canvas.text(
      ticks.label(label, in: FigureStyle.axisLabel, to: panel.width),
      at: Point(panel.middleX, baseline + FigureStyle.axisLabel.lineHeight), FigureStyle.axisLabel,
      FigureStyle.text, anchor: .middle)
  }
}
