import Scoring

extension EvaluationSummary {
  /// How good every method is by every metric, as bytes:
  /// `method,metric,items,mean,standard_error,ci_low,ci_high,rank,mean_rank`.
  ///
  /// The interval is the 95 % percentile interval of 2,000 bootstrap samples of the items, the same for all columns. `rank` is that of
  /// the mean, 1 for the best; `mean_rank` the mean over all items for which every method has a value.
  ///
  /// - Parameter seed: The seed of the bootstrap.
  /// - Returns: The table.
  public func metricTable(seed: UInt32) -> [UInt8] {
    var table = CSVTable(columns: [
      "method", "metric", "items", "mean", "standard_error", "ci_low", "ci_high", "rank", "mean_rank",
    ])
    let ranks = metrics.indices.map(ranks)
    let meanRanks = metrics.indices.map { metric in
      let items = values.first?[metric].indices ?? 0..<0
      return MeanRanking(
        of: items.map { item in values.map { $0[metric][item] } }, direction: metrics[metric].direction)
    }
    for (method, id) in methods.enumerated() {
      for (metric, info) in metrics.enumerated() {
        let interval = BootstrapInterval(of: known(method, metric), seed: seed)
        table.append([
          id, info.id, "\(known(method, metric).count)", CSVTable.cell(interval?.mean),
          CSVTable.cell(interval?.standardError), CSVTable.cell(interval?.low), CSVTable.cell(interval?.high),
          CSVTable.cell(ranks[metric][method]), CSVTable.cell(meanRanks[metric].ranks?[method]),
        ])
      }
    }
    return table.bytes
  }

  /// The mean curves of metrics that have one, as bytes: `method,metric,fraction,mean,standard_error`; `nil` when no metric has any.
  public func curveTable() -> [UInt8]? {
    var table = CSVTable(columns: ["method", "metric", "fraction", "mean", "standard_error"])
    var isEmpty = true
    for (method, id) in methods.enumerated() {
      for (metric, info) in metrics.enumerated() {
        let points = curve(method, metric)
        for (index, point) in points.enumerated() {
          isEmpty = false
          table.append([
            id, info.id, CSVTable.cell(Double(index) / Double(max(points.count - 1, 1))),
            CSVTable.cell(point.mean), CSVTable.cell(point.standardError),
          ])
        }
      }
    }
    return isEmpty ? nil : table.bytes
  }

  /// Whether methods differ, pair by pair, as bytes: `metric,method,other,items,median_difference,statistic,p,p_holm`; `nil` for one
  /// method.
  ///
  /// Wilcoxon's signed-rank test of the items that both methods have a value for; `p_holm` is corrected by Holm for all pairs of one
  /// metric. Cells are empty where no two values differ.
  public func significanceTable() -> [UInt8]? {
    guard methods.count > 1 else { return nil }
    var table = CSVTable(columns: [
      "metric", "method", "other", "items", "median_difference", "statistic", "p", "p_holm",
    ])
    for (metric, info) in metrics.enumerated() {
      var pairs: [(first: Int, second: Int, differences: [Double], test: WilcoxonTest?)] = []
      for first in methods.indices {
        for second in methods.indices where second > first {
          let differences = zip(values[first][metric], values[second][metric]).compactMap { one, other in
            one.flatMap { one in other.map { one - $0 } }
          }
          pairs.append((first, second, differences, WilcoxonTest(of: differences)))
        }
      }
      var corrected = HolmCorrection.corrected(pairs.compactMap { $0.test?.p })[...]
      for pair in pairs {
        table.append([
          info.id, methods[pair.first], methods[pair.second], "\(pair.differences.count)",
          CSVTable.cell(Self.median(pair.differences)), CSVTable.cell(pair.test?.statistic),
          CSVTable.cell(pair.test?.p), CSVTable.cell(pair.test == nil ? nil : corrected.popFirst()),
        ])
      }
    }
    return table.bytes
  }

  private static func median(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return nil }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
