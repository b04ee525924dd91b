import Foundation
import Scoring
import Testing

@Suite struct CorrelationTests {
  static let first = [2, -1, 0.5, 7, 3.25, 0.5, -4]
  static let second = [1, 0, 0.25, 3, 5, -2, 0.25]

  /// `scipy.stats.pearsonr` and `spearmanr` of the two series.
  @Test func valuesAreThoseOfSciPy() throws {
    let pearson = try #require(Correlation.pearson(Self.first, Self.second))
    #expect(abs(pearson - 0.605_925_175_894_110_7) < 1e-14)
    let spearman = try #require(Correlation.spearman(Self.first, Self.second))
    #expect(abs(spearman - 0.736_363_636_363_636_4) < 1e-14)
  }

  /// `scipy.stats.rankdata`.
  @Test func equalNumbersHaveTheMeanOfTheirRanks() {
    #expect(Correlation.averagedRanks(Self.first) == [5, 2, 3.5, 7, 6, 3.5, 1])
    #expect(Correlation.averagedRanks(Self.second) == [5, 2, 3.5, 6, 7, 1, 3.5])
    #expect(Correlation.averagedRanks([]) == [])
  }

  /// Points on a line, whatever its units; on a curve that rises the ranks still agree.
  @Test func linesAndCurves() {
    let x = [1.0, 2, 3, 4]
    #expect(Correlation.pearson(x, x.map { 1e200 * $0 }) == 1)
    #expect(Correlation.pearson(x, x.map { 3 - $0 }) == -1)
    #expect(Correlation.spearman(x, x.map { exp($0 * 9) }) == 1)
    #expect((Correlation.pearson(x, x.map { exp($0 * 9) }) ?? 1) < 0.9)
  }

  /// 0.1 summed three times and divided by three is not 0.1: what is left is rounding.
  @Test func constantsHaveNoCorrelation() {
    #expect(Correlation.pearson([0.1, 0.1, 0.1], [1, 2, 3]) == nil)
    #expect(Correlation.pearson([1, 2, 3], [0, 0, 0]) == nil)
    #expect(Correlation.spearman([5, 5], [1, 2]) == nil)
    #expect(Correlation.pearson([1], [1]) == nil)
    #expect(Correlation.pearson([], []) == nil)
  }
}
