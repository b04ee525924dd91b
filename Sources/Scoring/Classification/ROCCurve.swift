/// How many items of a class and of others score above a threshold, for every threshold: the receiver operating characteristic.
///
/// - Note: Equal to `sklearn.metrics.roc_curve` of scikit-learn with `drop_intermediate=False`, and to `roc_auc_score`.
public struct ROCCurve: Sendable, Equatable {
  /// One point of the curve.
  public struct Point: Sendable, Equatable {
    /// The scores that count as the class: this one and those above; infinity for the first point.
    public let threshold: Double
    /// The share of the items of other classes that count as the class.
    public let falsePositiveRate: Double
    /// The share of the items of the class that count as it.
    public let truePositiveRate: Double
  }

  /// The points from (0, 0) to (1, 1), one for every different score and the first.
  public let points: [Point]

  /// The area below the curve: the probability that an item of the class scores higher than one of another, equal scores counting half.
  public var area: Double {
    Trapezoid.area(points.map(\.truePositiveRate), at: points.map(\.falsePositiveRate))
  }

  /// The curve of one class against the others; `nil` when all items have the class, or none.
  ///
  /// - Parameters:
  ///   - scores: The score of every item for the class, finite.
  ///   - isPositive: Whether the item has the class.
  public init?(scores: [Double], isPositive: [Bool]) {
    precondition(
      scores.count == isPositive.count, "\(scores.count) scores do not belong to \(isPositive.count) items")
    let positives = isPositive.count { $0 }
    let negatives = isPositive.count - positives
    guard positives > 0, negatives > 0 else { return nil }
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    var points = [Point(threshold: .infinity, falsePositiveRate: 0, truePositiveRate: 0)]
    var (found, mistaken) = (0, 0)
    for (place, index) in order.enumerated() {
      if isPositive[index] { found += 1 } else { mistaken += 1 }
      guard place + 1 == order.count || scores[order[place + 1]] != scores[index] else { continue }
      points.append(
        Point(
          threshold: scores[index], falsePositiveRate: Double(mistaken) / Double(negatives),
          truePositiveRate: Double(found) / Double(positives)))
    }
    self.points = points
  }

  /// The curves of all classes, each against the others.
  ///
  /// - Parameters:
  ///   - rows: For every item one score per class.
  ///   - actual: The class that every item has.
  ///   - classes: The number of classes.
  /// - Returns: One curve per class; `nil` for a class that all items have, or none.
  public static func oneVersusRest(_ rows: [[Double]], actual: [Int], classes: Int) -> [ROCCurve?] {
    precondition(rows.allSatisfy { $0.count == classes }, "every item has \(classes) scores")
    return (0..<classes).map { index in
      ROCCurve(scores: rows.map { $0[index] }, isPositive: actual.map { $0 == index })
    }
  }
}
