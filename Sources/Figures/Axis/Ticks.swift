import Foundation

/// Round numbers inside a range, with their labels.
///
/// Steps are 1, 2 or 5 times a power of ten. Labels share their number of decimals; when the numbers are very large or very
/// small a common power of ten is taken out, to stand in the axis label.
package struct Ticks: Sendable, Equatable {
  package let values: [Double]
  package let labels: [String]
  /// The labels are to be multiplied by ten to this power.
  package let exponent: Int

  /// Chooses ticks.
  ///
  /// - Parameters:
  ///   - range: The range to mark, both ends included.
  ///   - intervals: The largest number of steps that the range may be divided into; at least 1.
  ///   - wholeNumbers: Whether only whole numbers are to be marked.
  package init(in range: ClosedRange<Double>, intervals: Int, wholeNumbers: Bool = false) {
    let span = range.upperBound - range.lowerBound
    guard span > 0 else {
      self.init(single: range.lowerBound)
      return
    }
    var (multiple, power) = Self.step(atLeast: span / Double(max(intervals, 1)))
    if wholeNumbers, power < 0 { (multiple, power) = (1, 0) }
    let step = Self.product(multiple, power)
    // A little tolerance keeps an end of the range that is a multiple of the step but for rounding.
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard first <= last else {
      self.init(single: (range.lowerBound + range.upperBound) / 2)
      return
    }
    let values = (0...Int(last - first)).map { Self.product((first + Double($0)) * multiple, power) }
    let largest = values.map(abs).max() ?? 0
    let isExtreme = largest >= 1e5 || largest < 1e-2
    let exponent = isExtreme ? largest.decimalExponent : 0
    let decimals = min(max(0, exponent - power), 12)
    self.init(
      values: values, labels: values.map { Self.product($0, -exponent).text(decimals: decimals) },
      exponent: exponent)
  }

  private init(values: [Double], labels: [String], exponent: Int) {
    self.values = values
    self.labels = labels
    self.exponent = exponent
  }

  private init(single value: Double) {
    self.init(values: [value], labels: [value.text(significantDigits: 4)], exponent: 0)
  }

  /// The width of the widest label.
  package func width(in font: Font) -> Double { labels.map { font.width(of: $0) }.max() ?? 0 }

  /// The power of ten that was taken out of the labels, as `×10⁻⁴`; nothing when none was.
  package var factor: String? { exponent == 0 ? nil : "×\(Double.powerOfTen(exponent))" }

  /// An axis label with the factor of the tick labels, the text shortened where both do not fit.
  package func label(_ text: String, in font: Font, to width: Double) -> String {
    guard let factor else { return font.fitted(text, to: width) }
    return font.fitted(text, to: width - font.width(of: " (\(factor))")) + " (\(factor))"
  }

  /// The smallest of 1, 2, 5 times a power of ten that is at least `raw`.
  private static func step(atLeast raw: Double) -> (multiple: Double, power: Int) {
    let power = raw.decimalExponent
    for multiple in [1.0, 2, 5] where product(multiple, power) >= raw * (1 - 1e-9) {
      return (multiple, power)
    }
    return (1, power + 1)
  }

  /// `number` times ten to the power `power`, rounded once where that is possible.
  private static func product(_ number: Double, _ power: Int) -> Double {
    // 10^-324 is zero: numbers this small only come from differences of subnormal values.
    power >= 0 ? number * pow(10, Double(power)) : number / pow(10, Double(min(-power, 308)))
  }
}
