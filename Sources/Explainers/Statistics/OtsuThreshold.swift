/// Otsu's threshold: the one that divides values into two classes with the largest variance between them.
public enum Otsu {
  /// The threshold of some values.
  ///
  /// The values between the smallest and the largest are counted in bins of equal width, the last one closed; the threshold is the middle
  /// of the bin behind which the classes differ most, the first one of several.
  ///
  /// Otsu, IEEE Transactions on Systems, Man, and Cybernetics 9, 1979. Same bins and result as `skimage.filters.threshold_otsu`.
  ///
  /// - Parameters:
  ///   - values: The values, all finite.
  ///   - bins: The number of bins, at least one.
  /// - Returns: The threshold: values above it are the upper class. The value itself when all are equal, zero when there are none.
  public static func threshold(of values: [Float], bins: Int = 256) -> Float {
    guard let low = values.min().map({ Double($0) }), let high = values.max().map({ Double($0) }), low < high
    else { return values.first ?? 0 }
    let width = (high - low) / Double(bins)
    var counts = [Double](repeating: 0, count: bins)
    for value in values { counts[min(Int((Double(value) - low) / width), bins - 1)] += 1 }
    func middle(_ bin: Int) -> Double { low + (Double(bin) + 0.5) * width }
    let total = counts.enumerated().reduce(0) { $0 + $1.element * middle($1.offset) }
    var (below, sumBelow, best, threshold) = (0.0, 0.0, -1.0, low)
    for bin in 0..<(bins - 1) {
      below += counts[bin]
      sumBelow += counts[bin] * middle(bin)
      let above = Double(values.count) - below
      let difference = sumBelow / below - (total - sumBelow) / above
      let variance = below * above * difference * difference
      if variance > best { (best, threshold) = (variance, middle(bin)) }
    }
    return Float(threshold)
  }
}
