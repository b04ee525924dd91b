/// How closely two series of numbers go together.
package enum Correlation {
  /// Pearson's correlation: how closely the points lie along a line.
  ///
  ///     r = sum (x - mean(x)) (y - mean(y)) / sqrt(sum (x - mean(x))^2 * sum (y - mean(y))^2)
  ///
  /// - Note: Equal to `scipy.stats.pearsonr`, which gives NaN where this gives `nil`.
  /// - Parameters:
  ///   - first: Finite numbers.
  ///   - second: As many.
  /// - Returns: A number from -1 to 1, or `nil` where there is none: for fewer than two points, or when all numbers of a series are equal or
  ///   differ by rounding only (spread below 1e-13 of the magnitude).
  package static func pearson(_ first: [Double], _ second: [Double]) -> Double? {
    precondition(first.count == second.count, "\(first.count) and \(second.count) numbers are no points")
    guard let first = directions(first), let second = directions(second) else { return nil }
    let sum = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    return min(max(sum, -1), 1)
  }

  /// Spearman's correlation: Pearson's of the ranks, equal numbers having the mean of their ranks.
  ///
  /// - Note: Equal to `scipy.stats.spearmanr`.
  /// - Parameters:
  ///   - first: Finite numbers.
  ///   - second: As many.
  /// - Returns: A number from -1 to 1, or `nil` where there is none: for fewer than two points, or when all numbers of a series are equal.
  package static func spearman(_ first: [Double], _ second: [Double]) -> Double? {
    pearson(averagedRanks(first), averagedRanks(second))
  }

  /// The ranks of numbers, counted from one, the smallest first; equal numbers have the mean of their ranks.
  ///
  /// - Note: Equal to `scipy.stats.rankdata`.
  package static func averagedRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for position in order[start..<end] { ranks[position] = Double(start + 1 + end) / 2 }
      start = end
    }
    return ranks
  }

  /// The deviations from the mean, brought to length one; `nil` where they are nothing but rounding.
  private static func directions(_ values: [Double]) -> [Double]? {
    guard values.count > 1 else { return nil }
    let scale = values.reduce(0) { max($0, abs($1)) }
    guard scale > 0, scale.isFinite else { return nil }
    let scaled = values.map { $0 / scale }
    let mean = scaled.reduce(0, +) / Double(scaled.count)
    let deviations = scaled.map { $0 - mean }
    let length = deviations.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 1e-13 * Double(values.count).squareRoot() else { return nil }
    return deviations.map { $0 / length }
  }
}
