/// The places of several methods, averaged over items.
///
/// The best of an item has place 1; methods with equal values share the mean of their places. Items that lack a value of any method do not
/// count.
public struct MeanRanking: Sendable, Equatable {
  /// The mean place of every method, the first being 1; `nil` when no item counts.
  public let ranks: [Double]?
  /// The number of items that count.
  public let items: Int

  /// Ranks methods.
  ///
  /// - Parameters:
  ///   - rows: For every item one value per method, in one order of the methods; `nil` where there is none.
  ///   - direction: Which values are better.
  public init(of rows: [[Double?]], direction: MetricInfo.Direction) {
    let complete = rows.compactMap { row -> [Double]? in
      let values = row.compactMap { $0 }
      return values.count == row.count && !values.isEmpty ? values : nil
    }
    items = complete.count
    guard let methods = complete.first?.count else {
      ranks = nil
      return
    }
    precondition(complete.allSatisfy { $0.count == methods }, "every item has one value per method")
    var sums = [Double](repeating: 0, count: methods)
    for row in complete {
      let places = Correlation.averagedRanks(direction == .lower ? row : row.map { -$0 })
      for method in sums.indices { sums[method] += places[method] }
    }
    ranks = sums.map { $0 / Double(complete.count) }
  }
}
