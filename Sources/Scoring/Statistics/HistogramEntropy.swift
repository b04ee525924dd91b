import Foundation

/// The entropy of a histogram.
package enum HistogramEntropy {
  /// The entropy, in nats, of the shares of values that fall into bins of equal width from the smallest to the largest value.
  ///
  ///     H = - sum over bins of p ln p
  ///
  /// The largest value belongs to the last bin; a value between two bins to the upper one.
  ///
  /// - Note: Equal to `scipy.stats.entropy(numpy.histogram(values, bins)[0])`.
  /// - Parameters:
  ///   - values: Finite values.
  ///   - bins: The number of bins.
  /// - Returns: The entropy: 0 when all values are equal.
  package static func nats(_ values: [Double], bins: Int) -> Double {
    guard let first = values.min(), let last = values.max(), last > first else { return 0 }
    let width = (last - first) / Double(bins)
    guard width > 0, width.isFinite else { return 0 }
    func edge(_ index: Int) -> Double { index == bins ? last : Double(index) * width + first }
    var counts = [Int](repeating: 0, count: bins)
    for value in values {
      var bin = min(Int((value - first) / (last - first) * Double(bins)), bins - 1)
      // As NumPy: rounding does not decide on which side of an edge a value lies.
      if value < edge(bin) { bin -= 1 } else if bin < bins - 1, value >= edge(bin + 1) { bin += 1 }
      counts[bin] += 1
    }
    return counts.filter { $0 > 0 }.reduce(0) { entropy, count in
      let share = Double(count) / Double(values.count)
      return entropy - share * log(share)
    }
  }
}
