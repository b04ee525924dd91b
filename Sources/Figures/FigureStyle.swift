/// The fonts, greys and distances that all figures share.
enum FigureStyle {
  static let heading = Font(size: 14, bold: true)
  static let subtitle = Font(size: 11)
  static let caption = Font(size: 10.5)
  static let axisLabel = Font(size: 10)
  static let tickLabel = Font(size: 9)
  static let note = Font(size: 9)

  static let ink = Color(grey: 0.13)
  static let text = Color(grey: 0.27)
  static let quietText = Color(grey: 0.42)
  static let tick = Color(grey: 0.55)
  static let frame = Color(grey: 0.78)

  /// The distance of everything from the edge of the figure.
  static let margin = 18.0
  static let tickLength = 4.0
  static let tickGap = 3.0
}
