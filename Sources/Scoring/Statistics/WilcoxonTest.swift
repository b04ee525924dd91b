import Foundation

/// Whether paired values of two series differ systematically: the signed-rank test, two-sided.
///
/// Differences of zero are dropped; the others are ranked by their absolute value, equal ones with the mean of their ranks. Without zeros and
/// equal ranks the probability is exact for up to 50 pairs, by counting the sums of ranks that all signs give; else it is that of the normal
/// approximation, with the variance corrected for equal ranks and without a correction for continuity.
///
/// - Note: Equal to `scipy.stats.wilcoxon` with `method` exact or approx. Wilcoxon, Biometrics Bulletin 1945.
public struct WilcoxonTest: Sendable, Equatable {
  /// How the probability was found.
  public enum Method: String, Sendable {
    /// By counting.
    case exact
    /// By the normal approximation.
    case normal
  }

  /// The pairs that differ.
  public let pairs: Int
  /// The sum of the ranks of the pairs whose first value is larger.
  public let positiveRanks: Double
  /// The sum of the ranks of the pairs whose second value is larger.
  public let negativeRanks: Double
  /// The probability of sums at least as unequal, when neither series tends to be larger.
  public let probability: Double
  /// How the probability was found.
  public let method: Method

  /// The smaller of both sums of ranks.
  public var statistic: Double { min(positiveRanks, negativeRanks) }

  /// Compares two series pair by pair; `nil` when no pair differs.
  ///
  /// - Parameters:
  ///   - first: Finite values of items.
  ///   - second: Values of the same items in the same order.
  public init?(_ first: [Double], _ second: [Double]) {
    precondition(first.count == second.count, "\(first.count) and \(second.count) values are no pairs")
    let differences = zip(first, second).map { $0 - $1 }.filter { $0 != 0 }
    guard !differences.isEmpty else { return nil }
    let ranks = Correlation.averagedRanks(differences.map(abs))
    pairs = differences.count
    let positive = zip(differences, ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    positiveRanks = positive
    negativeRanks = ranks.reduce(0, +) - positive
    let isDistinct = Set(ranks).count == pairs
    if isDistinct, pairs == first.count, pairs <= 50 {
      method = .exact
      probability = Self.exactProbability(min(positiveRanks, negativeRanks), pairs: pairs)
    } else {
      method = .normal
      probability = Self.normalProbability(positiveRanks, ranks: ranks)
    }
  }

  /// Twice the share of all choices of signs whose sum of positive ranks is not above a statistic.
  private static func exactProbability(_ statistic: Double, pairs: Int) -> Double {
    // choices[s]: the number of sets of ranks with the sum s; all numbers stay below 2^53.
    var choices: [Double] = [1]
    for rank in 1...pairs {
      choices += Array(repeating: 0, count: rank)
      for sum in stride(from: choices.count - 1, through: rank, by: -1) {
        choices[sum] += choices[sum - rank]
      }
    }
    let below = choices.prefix(Int(statistic) + 1).reduce(0, +)
    return min(2 * below / choices.reduce(0, +), 1)
  }

  private static func normalProbability(_ positive: Double, ranks: [Double]) -> Double {
    let count = Double(ranks.count)
    let ties = Dictionary(grouping: ranks) { $0 }.values.map { Double($0.count) }.sorted()
    let correction = ties.reduce(0) { $0 + ($1 * $1 * $1 - $1) } / 2
    let variance = (count * (count + 1) * (2 * count + 1) - correction) / 24
    let z = (positive - count * (count + 1) / 4) / variance.squareRoot()
    return erfc(abs(z) / 2.0.squareRoot())
  }
}
