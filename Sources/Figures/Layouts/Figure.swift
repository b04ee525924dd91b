import Foundation

/// A complete figure: a title over a body.
package struct Figure: Sendable {
  private let title: Title
  private let lines: [TitleLine]
  private let body: any Layout
  /// The corner of the body.
  private let corner: Point
  /// The extents with margins.
  package let size: Size

  /// A title needs this much, however narrow the body is.
  private static let narrowest = 560.0
  private static let gap = 8.0
  /// The white above the letters of a line makes the upper margin look larger than it is, the last label the lower one.
  private static let (topMargin, bottomMargin) = (FigureStyle.margin - 4, FigureStyle.margin - 2)

  /// Creates a figure as wide as its body needs.
  init(title: Title, body: any Layout) {
    self.title = title
    self.body = body
    let extent = body.size
    let width = max(extent.width, Self.narrowest)
    lines = title.lines(width: width)
    let top = lines.reduce(Self.topMargin + Self.gap) { $0 + $1.font.lineHeight }
    corner = Point(Canvas.snapped(FigureStyle.margin + (width - extent.width) / 2), top)
    size = Size(
      width: (width + 2 * FigureStyle.margin).rounded(.up),
      height: (top + extent.height + Self.bottomMargin).rounded(.up))
  }

  /// The bytes of a file with this figure.
  ///
  /// - Parameter format: The file format.
  /// - Returns: The content of a file.
  /// - Throws: `FigureError.drawing` when cairo fails.
  package func encoded(as format: FigureFormat) throws(FigureError) -> Data {
    let heading = title.heading.isEmpty ? "Attribution" : title.heading
    return try format.render(size: size, title: heading, summary: title.summary) { canvas in
      var bottom = Self.topMargin
      for line in lines {
        bottom += line.font.lineHeight
        canvas.text(
          line.text, at: Point(FigureStyle.margin, bottom - line.font.size * 0.4), line.font, line.color)
      }
      body.draw(on: canvas, at: corner)
    }
  }
}
