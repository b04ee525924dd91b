import Foundation

/// The soft threshold with which the SISE of the University of Toronto's course fuses its maps.
///
/// Values are rounded to 256ths, half to even, and split at `t`, the first maximum of Otsu's spread over 1 to 255. If at least a tenth of the
/// values reach `round(1.5 t)`, the threshold is `t / 256`, else `1.5 t / 256`.
///
///     mask = 1 / (1 + exp(-100 (value - threshold)))
package enum CourseOtsu {
  /// How steep the mask is at the threshold.
  static let steepness = 100.0

  /// The threshold of values between zero and one.
  ///
  /// - Note: Where one side of a split is empty the original divides zero by zero and takes that split; so does this.
  package static func threshold(of values: [Double]) -> Double {
    let levels = values.map { min(max(Int((256 * $0).rounded(.toNearestOrEven)), 0), 255) }
    var counts = [Double](repeating: 0, count: 256)
    for level in levels { counts[level] += 1 }
    let split = Double(split(counts))
    let higher = Int((1.5 * split).rounded(.toNearestOrEven))
    let reaching = levels.count { $0 >= higher }
    return Double(reaching) < 0.1 * Double(levels.count) ? 1.5 * split / 256 : split / 256
  }

  /// The mask of every value.
  package static func mask(of values: [Double]) -> [Double] {
    let threshold = threshold(of: values)
    return values.map { 1 / (1 + exp(-steepness * ($0 - threshold))) }
  }

  private static func split(_ counts: [Double]) -> Int {
    var best = (spread: -Double.infinity, split: 1)
    for split in 1...255 {
      let (low, high) = (counts[..<split], counts[split...])
      let (below, above) = (low.reduce(0, +), high.reduce(0, +))
      guard below > 0, above > 0 else { return split }
      let difference = mean(low, of: below) - mean(high, of: above)
      let spread = below * above * difference * difference
      if spread > best.spread { best = (spread, split) }
    }
    return best.split
  }

  private static func mean(_ counts: ArraySlice<Double>, of total: Double) -> Double {
    zip(counts.indices, counts).reduce(0) { $0 + Double($1.0) * $1.1 } / total
  }
}
