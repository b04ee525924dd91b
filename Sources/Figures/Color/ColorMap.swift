/// A continuous scale of colours from 0 to 1, given by a few control points and linear in OKLab between them.
///
/// The lightness of the control points lies on straight lines, so that equal steps of value are equal steps of lightness.
public struct ColorMap: Sendable {
  /// The control points, equally spaced from 0 to 1.
  package let controlPoints: [OKLab]
  private let table: [Color]

  /// Odd, so that 0.5 has an entry of its own.
  private static let entries = 511

  /// Creates a scale through two or more equally spaced control points.
  package init(_ controlPoints: [OKLab]) {
    precondition(controlPoints.count >= 2, "a colour map needs two control points")
    self.controlPoints = controlPoints
    table = (0..<Self.entries).map { entry in
      let place = Double(entry) / Double(Self.entries - 1) * Double(controlPoints.count - 1)
      let index = min(Int(place), controlPoints.count - 2)
      return controlPoints[index]
        .interpolated(to: controlPoints[index + 1], at: place - Double(index)).color
    }
  }

  /// The colour at a fraction; what lies outside 0...1 has the colour of the nearer end, what is not a number that of 0.
  public func color(at fraction: Double) -> Color {
    guard fraction > 0 else { return table[0] }
    return table[Int((min(fraction, 1) * Double(Self.entries - 1)).rounded())]
  }
}

extension ColorMap {
  /// Blue over white to red, for values of both signs around a meaningful zero at 0.5.
  ///
  /// Both arms go through the same lightness (0.97 to 0.42), so that equal magnitudes look equally strong. Blue against red stays
  /// apart under every common colour-vision deficiency.
  public static let signed = ColorMap([
    OKLab(lightness: 0.42, chroma: 0.125, hue: 257), OKLab(lightness: 0.6033, chroma: 0.132, hue: 249),
    OKLab(lightness: 0.7867, chroma: 0.084, hue: 241), OKLab(lightness: 0.97, chroma: 0, hue: 0),
    OKLab(lightness: 0.7867, chroma: 0.105, hue: 38), OKLab(lightness: 0.6033, chroma: 0.172, hue: 29),
    OKLab(lightness: 0.42, chroma: 0.16, hue: 24),
  ])

  /// Dark violet over teal to yellow, for values from zero upwards.
  public static let nonNegative = ColorMap([
    OKLab(lightness: 0.27, chroma: 0.115, hue: 310), OKLab(lightness: 0.4325, chroma: 0.1, hue: 266),
    OKLab(lightness: 0.595, chroma: 0.095, hue: 192), OKLab(lightness: 0.7575, chroma: 0.15, hue: 148),
    OKLab(lightness: 0.92, chroma: 0.175, hue: 104),
  ])

  /// Near-white over teal to dark blue, for values from zero upwards behind a curve on white paper.
  public static let nonNegativeOnPaper = ColorMap([
    OKLab(lightness: 0.98, chroma: 0.02, hue: 110), OKLab(lightness: 0.8325, chroma: 0.085, hue: 165),
    OKLab(lightness: 0.685, chroma: 0.105, hue: 205), OKLab(lightness: 0.5375, chroma: 0.13, hue: 250),
    OKLab(lightness: 0.39, chroma: 0.15, hue: 272),
  ])

  /// Light to dark grey, for the input itself.
  public static let grey = ColorMap([
    OKLab(lightness: 0.98, chroma: 0, hue: 0), OKLab(lightness: 0.25, chroma: 0, hue: 0),
  ])
}
