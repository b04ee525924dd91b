import TensorCore

/// The mean of some values, and how far it could be from that of all values there are.
///
/// The interval is the percentile interval of Efron: means of samples with replacement, of which 2.5 % lie below `low` and 2.5 % above
/// `high`, interpolated linearly between order statistics as `numpy.percentile` does.
///
/// Draws depend on the number of values and the seed alone, so that columns over the same items are sampled alike.
///
/// - Note: Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, section 13.3. Cost: `resamples` times the number of values.
public struct BootstrapInterval: Sendable, Equatable {
  /// The mean.
  public let mean: Double
  /// The standard error of the mean, from the values' sample variance; `nil` for one value.
  public let standardError: Double?
  /// The lower end of the interval.
  public let low: Double
  /// The upper end of the interval.
  public let high: Double

  /// Samples the mean.
  ///
  /// - Parameters:
  ///   - values: The values; without any there is no interval.
  ///   - level: The share of sampled means inside the interval.
  ///   - resamples: How often the values are sampled.
  ///   - seed: The seed of the draws.
  public init?(of values: [Double], level: Double = 0.95, resamples: Int = 2000, seed: UInt32 = 0) {
    precondition(
      resamples > 0 && (0...1).contains(level), "\(resamples) samples cannot give an interval of \(level)")
    let count = Double(values.count)
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    var random = NumPyLegacyRandom(seed: seed)
    let means = (0..<resamples).map { _ in
      values.indices.reduce(0.0) { sum, _ in sum + values[random.integer(below: values.count)] } / count
    }.sorted()
    self.mean = mean
    standardError = values.count > 1 ? (squares / (count - 1) / count).squareRoot() : nil
    low = Self.percentile((1 - level) / 2, of: means)
    high = Self.percentile((1 + level) / 2, of: means)
  }

  private static func percentile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (place - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
