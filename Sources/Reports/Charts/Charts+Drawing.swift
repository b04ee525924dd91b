import Figures

extension LineChart {
  /// The chart for the page, without its title and key.
  func drawing() -> String {
    var drawing = ChartDrawing(width: 480, height: showsDiagonal ? 400 : 330, left: 58, bottom: 40)
    let (frame, across, up) = (drawing.frame, xRange, yRange)
    drawing.outline()
    if showsDiagonal {
      drawing.path([Point(frame.x, frame.bottom), Point(frame.right, frame.y)], kind: "chance")
    }
    func point(_ x: Double, _ y: Double) -> Point {
      Point(frame.x(of: x, in: across), frame.y(of: y, in: up))
    }
    for (number, curve) in series.enumerated() {
      let kind = Self.kind(number)
      let upper = curve.places.map { point($0.x, $0.y + $0.error) }
      let lower = curve.places.map { point($0.x, $0.y - $0.error) }
      if curve.places.contains(where: { $0.error > 0 }) {
        drawing.path(upper + lower.reversed(), kind: "band \(kind)", isClosed: true)
      }
      drawing.path(curve.places.map { point($0.x, $0.y) }.withoutStraightParts, kind: "curve \(kind)")
    }
    drawing.horizontalAxis(across, xLabel)
    drawing.verticalAxis(up, yLabel)
    let ends = series.compactMap { curve in
      curve.places.last.map { "\(curve.name) ends at \(DisplayNumber.text($0.y))" }
    }
    return drawing.svg("\(title): \(yLabel) over \(xLabel); \(ends.joined(separator: ", "))")
  }

  /// The style class of a curve by its number.
  static func kind(_ number: Int) -> String {
    "series-\(number % 8 + 1)\(number / 8 % 2 == 1 ? " dashed" : "")"
  }
}

extension IntervalChart {
  /// The chart for the page, without its title.
  func drawing() -> String {
    let row = 26.0
    var drawing = ChartDrawing(
      width: 480, height: Double(rows.count) * row + 58, left: 160, bottom: 40, top: 10, right: 14)
    let (frame, range) = (drawing.frame, self.range)
    drawing.outline()
    let zero = frame.x(of: 0, in: range)
    drawing.path([Point(zero, frame.y), Point(zero, frame.bottom)], kind: "axis")
    for (index, entry) in rows.enumerated() {
      let y = frame.y + (Double(index) + 0.5) * frame.height / Double(max(rows.count, 1))
      var words = "\(entry.name): \(DisplayNumber.text(entry.value))"
      if let interval = entry.interval {
        drawing.path(
          [interval.lowerBound, interval.upperBound].map { Point(frame.x(of: $0, in: range), y) },
          kind: "whisker series-1")
        words +=
          ", interval \(DisplayNumber.text(interval.lowerBound)) to \(DisplayNumber.text(interval.upperBound))"
      }
      drawing.dot(at: Point(frame.x(of: entry.value, in: range), y), kind: "series-1", words: words)
      let name = entry.name.count > 22 ? entry.name.prefix(21) + "…" : entry.name
      drawing.text(name, at: Point(frame.x - 8, y + 4), anchor: "end", kind: "name")
    }
    drawing.horizontalAxis(range, label)
    let values = rows.map { "\($0.name) \(DisplayNumber.text($0.value))" }
    return drawing.svg("\(title): \(values.joined(separator: ", "))")
  }
}

extension [Point] {
  /// Without the points that lie on the straight line between their neighbours, as steps of a ROC curve have many.
  fileprivate var withoutStraightParts: [Point] {
    guard count > 2 else { return self }
    var kept: [Point] = []
    for point in self {
      if kept.count > 1 {
        let (a, b) = (kept[kept.count - 2], kept[kept.count - 1])
        let area = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
        let goesOn = (b.x - a.x) * (point.x - b.x) + (b.y - a.y) * (point.y - b.y) >= 0
        if abs(area) < 1e-9, goesOn { kept.removeLast() }
      }
      kept.append(point)
    }
    return kept
  }
}
