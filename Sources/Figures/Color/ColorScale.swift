import Explainers
import Foundation

/// The colours of one map: a colour map with the values at its ends.
package struct ColorScale: Sendable {
  package let map: ColorMap
  package let range: ClosedRange<Double>
  /// How the values are coloured: as the method promises, unless the values say otherwise.
  package let preset: ColorPreset
  /// Whether values beyond the lower and the upper end are drawn in the colour of that end.
  package let isOpen: (below: Bool, above: Bool)
  /// Whether every value is zero, so that the ends are arbitrary.
  package let isZero: Bool
  /// What a reader must know about the ends.
  package let note: String?

  /// Creates a scale over a given range.
  package init(_ map: ColorMap, _ range: ClosedRange<Double>) {
    self.map = map
    self.range = range
    preset = range.lowerBound < 0 ? .signed : .nonNegative
    isOpen = (false, false)
    isZero = false
    note = nil
  }

  /// Creates the scale of an attribution map: symmetrical around zero unless all values are promised and found to be at least zero, and
  /// from the lowest to the highest where zero means nothing.
  ///
  /// - Parameters:
  ///   - values: The values that are drawn.
  ///   - preset: What the method promises about signs.
  ///   - limit: Where the colours end.
  ///   - mayCut: Whether the automatic limit may cut outliers off.
  ///   - nonNegativeMap: The colours for values from zero upwards.
  package init(
    of values: [Float], preset: ColorPreset, limit: ColorLimit, mayCut: Bool,
    nonNegativeMap: ColorMap = .nonNegative
  ) {
    let (low, high) = (Double(values.min() ?? 0), Double(values.max() ?? 0))
    if preset == .relative, low < high {
      (map, range, self.preset) = (nonNegativeMap, low...high, .relative)
      (isOpen, isZero, note) = ((false, false), false, Self.relativeNote)
      return
    }
    // Smooth interpolation may overshoot a little below zero; more than that is a sign to be shown.
    let isSigned = preset == .signed || low < -Self.overshoot * high
    let largest = max(-low, high)
    let end = Self.end(of: values, largest: largest, limit: limit, mayCut: mayCut)
    let reach = end.value > 0 ? end.value : 1
    map = isSigned ? .signed : nonNegativeMap
    self.preset = isSigned ? .signed : .nonNegative
    range = (isSigned ? -reach : 0)...reach
    isOpen = (low < range.lowerBound, high > reach)
    isZero = largest == 0
    note = end.percentile.flatMap { percentile in
      guard end.value < largest else { return nil }
      let rank = percentile == percentile.rounded() ? percentile.text(decimals: 0) : "\(percentile)"
      return
        "colours end at percentile \(rank) of the magnitude (largest \(largest.text(significantDigits: 3)))"
    }
  }

  /// The colour of a value.
  package func color(of value: Float) -> Color {
    map.color(at: (Double(value) - range.lowerBound) / (range.upperBound - range.lowerBound))
  }

  /// The colour of a value where its strength is told by opacity: around a signed zero not white but pale blue and pale red.
  package func tint(of value: Float) -> Color {
    guard preset == .signed, value != 0 else { return color(of: value) }
    let distance = 0.24 + 0.26 * strength(of: value)
    return map.color(at: value > 0 ? 0.5 + distance : 0.5 - distance)
  }

  /// How far a value lies from zero, or from the lower end of a scale of one sign, as a share of the farthest drawn, from 0 to 1.
  package func strength(of value: Float) -> Double {
    let share =
      preset == .signed
      ? abs(Double(value)) / range.upperBound
      : (Double(value) - range.lowerBound) / (range.upperBound - range.lowerBound)
    return min(max(share, 0), 1)
  }

  /// The value below which a share of the magnitudes lies, linear between neighbours as NumPy's default.
  package static func percentile(_ percentile: Double, ofMagnitudes values: [Float]) -> Double {
    let sorted = values.map(abs).sorted()
    guard let last = sorted.indices.last else { return 0 }
    let place = percentile / 100 * Double(last)
    let index = min(Int(place), last)
    let (lower, upper) = (Double(sorted[index]), Double(sorted[min(index + 1, last)]))
    return lower + (upper - lower) * (place - Double(index))
  }

  private static let relativeNote =
    "colours go from the lowest to the highest value; zero has no meaning here"
  /// The largest overshoot, as a share of the largest value.
  private static let overshoot = 0.1
  /// A cut must be worth it, and must not blow up the noise around a few real spots.
  private static let ratiosWorthCutting = 1.25...20.0
  /// Fewer values than this are all shown.
  private static let fewestValuesToCut = 2000

  private static func end(
    of values: [Float], largest: Double, limit: ColorLimit, mayCut: Bool
  ) -> (value: Double, percentile: Double?) {
    switch limit {
    case .largest: return (largest, nil)
    case .percentile(let rank):
      let value = percentile(rank, ofMagnitudes: values)
      return value > 0 ? (value, rank) : (largest, nil)
    case .automatic:
      guard mayCut, values.count >= fewestValuesToCut else { return (largest, nil) }
      let value = percentile(99.5, ofMagnitudes: values)
      guard value > 0, ratiosWorthCutting.contains(largest / value) else { return (largest, nil) }
      return (value, 99.5)
    }
  }
}
