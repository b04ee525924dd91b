/// How a class is told from the others when the threshold of its score moves.
///
/// - Note: Fawcett, *An introduction to ROC analysis*, Pattern Recognition Letters 27, 2006. Equal scores make one point, so that the area
///   counts them half, as that of `sklearn.metrics.roc_auc_score`.
public struct ROCCurve: Sendable, Equatable {
  /// A point of the curve.
  public struct Point: Sendable, Equatable {
    /// Items with at least this score are taken for the class; infinite for the first point, which takes none.
    public let threshold: Double
    /// The share of other items that are taken for the class.
    public let falsePositiveRate: Double
    /// The share of items of the class that are taken for it.
    public let truePositiveRate: Double
  }

  /// The points from the highest threshold to the lowest.
  public let points: [Point]

  /// Makes the curve of a class.
  ///
  /// - Parameters:
  ///   - scores: The score of every item.
  ///   - isPositive: Whether an item is of the class; there is no curve when all or none are.
  public init?(scores: [Double], isPositive: [Bool]) {
    precondition(scores.count == isPositive.count, "\(scores.count) scores for \(isPositive.count) items")
    let positives = isPositive.filter { $0 }.count
    let negatives = isPositive.count - positives
    guard positives > 0, negatives > 0 else { return nil }
    var points = [Point(threshold: .infinity, falsePositiveRate: 0, truePositiveRate: 0)]
    var (hits, alarms) = (0, 0)
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    for (place, index) in order.enumerated() {
      if isPositive[index] { hits += 1 } else { alarms += 1 }
      if place + 1 < order.count, scores[order[place + 1]] == scores[index] { continue }
      points.append(
        Point(
          threshold: scores[index], falsePositiveRate: Double(alarms) / Double(negatives),
          truePositiveRate: Double(hits) / Double(positives)))
    }
    self.points = points
  }

  /// The area below the curve: the probability that an item of the class scores higher than another.
  public var area: Double {
    zip(points, points.dropFirst()).reduce(0) { area, pair in
      let width = pair.1.falsePositiveRate - pair.0.falsePositiveRate
      return area + width * (pair.0.truePositiveRate + pair.1.truePositiveRate) / 2
    }
  }
}
