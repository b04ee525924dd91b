import Figures
import Foundation

/// A chart as SVG inside the page: its colours are those of the page's style.
struct ChartDrawing {
  private(set) var elements = ""
  let width: Double
  let height: Double
  /// The frame of the values.
  let frame: Rectangle

  init(width: Double, height: Double, left: Double, bottom: Double, top: Double = 8, right: Double = 10) {
    self.width = width
    self.height = height
    frame = Rectangle(x: left, y: top, width: width - left - right, height: height - top - bottom)
  }

  /// The whole element.
  ///
  /// - Parameter words: What it shows, for readers that cannot see it.
  /// - Returns: The element with all that was added.
  func svg(_ words: String) -> String {
    let size = "\(Self.number(width)) \(Self.number(height))"
    return "<svg viewBox=\"0 0 \(size)\" role=\"img\" aria-label=\"\(words.markupEscaped)\">\(elements)</svg>"
  }

  /// A coordinate with one decimal.
  static func number(_ value: Double) -> String {
    let text = String(format: "%.1f", value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Adds a line through points, or an area inside them.
  mutating func path(_ points: [Point], kind: String, isClosed: Bool = false) {
    guard let first = points.first else { return }
    var path = "M\(Self.number(first.x)) \(Self.number(first.y))"
    for point in points.dropFirst() { path += "L\(Self.number(point.x)) \(Self.number(point.y))" }
    elements += "<path class=\"\(kind)\" d=\"\(path)\(isClosed ? "Z" : "")\"/>"
  }

  /// Adds a disc that tells its value to the pointer.
  mutating func dot(at point: Point, kind: String, words: String) {
    elements +=
      "<circle class=\"dot \(kind)\" cx=\"\(Self.number(point.x))\" cy=\"\(Self.number(point.y))\" r=\"4\">"
      + "<title>\(words.markupEscaped)</title></circle>"
  }

  /// Adds a text.
  mutating func text(_ text: String, at point: Point, anchor: String, kind: String = "", turned: Bool = false)
  {
    let place = "x=\"\(Self.number(point.x))\" y=\"\(Self.number(point.y))\""
    let turn =
      turned ? " transform=\"rotate(-90 \(Self.number(point.x)) \(Self.number(point.y)))\"" : ""
    elements +=
      "<text \(place) text-anchor=\"\(anchor)\"\(kind.isEmpty ? "" : " class=\"\(kind)\"")\(turn)>"
      + "\(text.markupEscaped)</text>"
  }

  /// Adds the frame.
  mutating func outline() {
    path(
      [
        Point(frame.x, frame.y), Point(frame.right, frame.y), Point(frame.right, frame.bottom),
        Point(frame.x, frame.bottom),
      ], kind: "axis", isClosed: true)
  }

  /// Adds the ticks, numbers and label of the horizontal axis.
  mutating func horizontalAxis(_ range: ClosedRange<Double>, _ label: String) {
    let ticks = Ticks(in: range, intervals: max(Int(frame.width / 65), 2))
    for (value, text) in zip(ticks.values, ticks.labels) {
      let x = frame.x(of: value, in: range)
      path([Point(x, frame.bottom), Point(x, frame.bottom + 4)], kind: "tick")
      self.text(text, at: Point(x, frame.bottom + 16), anchor: "middle")
    }
    let words = ticks.factor.map { "\(label) (\($0))" } ?? label
    text(words, at: Point(frame.middleX, frame.bottom + 32), anchor: "middle")
  }

  /// Adds the ticks, numbers and label of the vertical axis.
  mutating func verticalAxis(_ range: ClosedRange<Double>, _ label: String) {
    let ticks = Ticks(in: range, intervals: max(Int(frame.height / 40), 2))
    for (value, text) in zip(ticks.values, ticks.labels) {
      let y = frame.y(of: value, in: range)
      path([Point(frame.x - 4, y), Point(frame.x, y)], kind: "tick")
      self.text(text, at: Point(frame.x - 7, y + 4), anchor: "end")
    }
    let words = ticks.factor.map { "\(label) (\($0))" } ?? label
    text(words, at: Point(12, frame.middleY), anchor: "middle", turned: true)
  }
}
