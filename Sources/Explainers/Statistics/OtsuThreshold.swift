/// Otsu's threshold, which splits values into two classes that are as far apart as can be.
package enum Otsu {
  /// The threshold of a histogram of equal bins between the smallest and the largest value.
  ///
  ///     argmax over t of  w0(t) w1(t) (mean0(t) - mean1(t))^2
  ///
  /// `w` are the numbers and `mean` the means of the bins below or in `t` and above it; of equal maxima the lowest counts. The larger class
  /// is `value > threshold`.
  ///
  /// - Note: Otsu, IEEE Transactions on Systems, Man, and Cybernetics 9 (1979). `skimage.filters.threshold_otsu` splits at the same bin, but
  ///   gives its centre, above which a value of the lower class may lie; this is the largest value of the lower class.
  /// - Parameters:
  ///   - values: Finite numbers.
  ///   - bins: The number of bins, at least two.
  /// - Returns: The largest value of the lower class; the value itself where all are equal, and zero for no values.
  package static func threshold(of values: [Float], bins: Int = 256) -> Float {
    precondition(bins >= 2, "a histogram of \(bins) bins cannot be split")
    guard let low = values.min(), let high = values.max() else { return 0 }
    guard high > low else { return low }
    let scale = Double(bins) / (Double(high) - Double(low))
    func bin(_ value: Float) -> Int { min(Int((Double(value) - Double(low)) * scale), bins - 1) }
    var counts = [Double](repeating: 0, count: bins)
    for value in values { counts[bin(value)] += 1 }
    let split = split(counts)
    return values.reduce(low) { bin($1) <= split ? max($0, $1) : $0 }
  }

  /// The last bin of the lower class.
  private static func split(_ counts: [Double]) -> Int {
    let total = counts.reduce(0, +)
    let sum = counts.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    var (below, sumBelow, best) = (0.0, 0.0, (spread: -1.0, bin: 0))
    for (bin, count) in counts.enumerated().dropLast() {
      below += count
      sumBelow += Double(bin) * count
      guard below > 0, below < total else { continue }
      let difference = sumBelow / below - (sum - sumBelow) / (total - below)
      let spread = below * (total - below) * difference * difference
      if spread > best.spread { best = (spread, bin) }
    }
    return best.bin
  }
}
