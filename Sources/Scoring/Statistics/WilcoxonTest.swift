import Foundation

/// Wilcoxon's signed-rank test: whether paired values differ, by the signs and ranks of their differences alone.
///
/// Differences of zero are left out. The absolute differences are ranked, equal ones sharing the mean of their ranks; the statistic is the
/// smaller of the sums of the ranks of positive and of negative differences. The two-sided p is exact for at most 50 differences, none
/// of them equal or zero, else that of the normal approximation with the variance corrected for equal ranks.
///
/// - Note: Wilcoxon, *Individual comparisons by ranking methods*, Biometrics Bulletin 1, 1945. Agrees with `scipy.stats.wilcoxon` with
///   `zero_mode="wilcox"`, `correction=False` and `mode="auto"` of SciPy 1.9 to 1.12.
public struct WilcoxonTest: Sendable, Equatable {
  /// The largest number of differences for which p is exact.
  public static let exactLimit = 50

  /// The smaller sum of ranks.
  public let statistic: Double
  /// The probability of a statistic that is as small or smaller when there is no difference.
  public let p: Double

  /// Tests differences.
  ///
  /// - Parameter differences: One for every pair; when all of them are zero there is nothing to test.
  public init?(of differences: [Double]) {
    let nonzero = differences.filter { $0 != 0 }
    guard !nonzero.isEmpty else { return nil }
    let magnitudes = nonzero.map(abs)
    let ranks = Correlation.averagedRanks(magnitudes)
    let ties = Self.ties(magnitudes)
    let positive = zip(nonzero, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    let count = Double(nonzero.count)
    let total = count * (count + 1) / 2
    statistic = min(positive, total - positive)
    if nonzero.count <= Self.exactLimit, ties == 0, nonzero.count == differences.count {
      p = Self.exactP(Int(statistic), count: nonzero.count)
    } else {
      let variance = count * (count + 1) * (2 * count + 1) / 24 - ties / 48
      let z = (statistic - total / 2) / variance.squareRoot()
      p = min(erfc(abs(z) / 2.0.squareRoot()), 1)
    }
  }

  /// The sum of `t^3 - t` over all sets of `t` equal values.
  private static func ties(_ values: [Double]) -> Double {
    Dictionary(grouping: values) { $0 }.values.reduce(0) { sum, equal in
      let size = Double(equal.count)
      return sum + size * size * size - size
    }
  }

  /// Twice the share of all assignments of signs whose positive ranks sum up to at most the statistic.
  private static func exactP(_ statistic: Int, count: Int) -> Double {
    var ways = [Double](repeating: 0, count: count * (count + 1) / 2 + 1)
    ways[0] = 1
    for rank in 1...count {
      for sum in stride(from: ways.count - 1, through: rank, by: -1) { ways[sum] += ways[sum - rank] }
    }
    return min(2 * ways[0...statistic].reduce(0, +) / pow(2, Double(count)), 1)
  }
}
