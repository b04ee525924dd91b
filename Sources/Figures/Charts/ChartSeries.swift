/// One curve of a chart.
public struct ChartSeries: Sendable, Equatable {
  /// A place of the curve.
  public struct Place: Sendable, Equatable {
    /// Along the horizontal axis.
    public var x: Double
    /// Along the vertical axis.
    public var y: Double
    /// How far `y` may be off in either direction; 0 for a curve without a band.
    public var error: Double

    /// Creates a place.
    public init(x: Double, y: Double, error: Double = 0) {
      self.x = x
      self.y = y
      self.error = error
    }
  }

  /// The name in the key.
  public var name: String
  /// The places from the left.
  public var places: [Place]

  /// Creates a curve.
  public init(name: String, places: [Place]) {
    self.name = name
    self.places = places
  }
}

extension ChartSeries {
  /// The colours of curves by their number; behind the last they begin again, dashed.
  static let colors = [
    OKLab(lightness: 0.5, chroma: 0.09, hue: 225), OKLab(lightness: 0.58, chroma: 0.15, hue: 47),
    OKLab(lightness: 0.55, chroma: 0.13, hue: 128), OKLab(lightness: 0.48, chroma: 0.15, hue: 325),
    OKLab(lightness: 0.5, chroma: 0.17, hue: 24), OKLab(lightness: 0.52, chroma: 0.11, hue: 110),
    OKLab(lightness: 0.48, chroma: 0.14, hue: 268), OKLab(lightness: 0.47, chroma: 0.07, hue: 60),
  ].map(\.color)

  /// The colour of a curve.
  static func color(_ number: Int) -> Color { colors[number % colors.count] }
}
