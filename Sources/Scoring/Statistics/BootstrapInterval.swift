import TensorCore

/// An interval for the mean of the items that there could have been, by drawing the items again.
///
/// Every resample draws as many items as there are, with replacement, from NumPy's `RandomState(seed).randint(0, n, (resamples, n))`, and takes
/// their mean; the interval lies between two percentiles of these means. Series of equal length see the same draws, so that they can be
/// compared column by column.
///
/// - Note: The percentile method of Efron, 1979. Percentiles are interpolated linearly, as NumPy's are.
public struct BootstrapInterval: Sendable, Equatable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// The interval of the mean of some values: a point for one value, `nil` for none.
  ///
  /// - Parameters:
  ///   - values: Finite values of items.
  ///   - confidence: The share of the resampled means that lie inside, above 0 and below 1.
  ///   - resamples: The number of resamples, at least one.
  ///   - seed: The seed of the draws.
  public init?(
    ofMean values: [Double], confidence: Double = 0.95, resamples: Int = 2000, seed: UInt32 = 0
  ) {
    precondition(
      confidence > 0 && confidence < 1 && resamples > 0,
      "\(resamples) resamples give no interval of confidence \(confidence)")
    guard !values.isEmpty else { return nil }
    var random = NumPyLegacyRandom(seed: seed)
    let means = (0..<resamples).map { _ in
      var sum = 0.0
      for _ in values.indices { sum += values[random.integer(below: values.count)] }
      return sum / Double(values.count)
    }.sorted()
    lower = Self.quantile((1 - confidence) / 2, of: means)
    upper = Self.quantile((1 + confidence) / 2, of: means)
  }

  /// The linearly interpolated quantile of ascending values.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let index = min(Int(place), sorted.count - 1)
    let next = sorted[min(index + 1, sorted.count - 1)]
    return sorted[index] + (place - Double(index)) * (next - sorted[index])
  }
}
