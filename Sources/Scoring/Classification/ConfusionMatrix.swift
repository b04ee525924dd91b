/// How often items of every class were taken for which class, and the quality of the classifier that follows from it.
///
/// - Note: Means and shares are those of `sklearn.metrics.classification_report` of scikit-learn with `zero_division=0`.
public struct ConfusionMatrix: Sendable, Equatable {
  /// The number of items of class `i` that were taken for class `j`, at `[i][j]`.
  public let counts: [[Int]]

  /// Counts items.
  ///
  /// - Parameters:
  ///   - predicted: The class that every item was taken for.
  ///   - actual: The class that it has.
  ///   - classes: The number of classes; all of both are below it.
  public init(predicted: [Int], actual: [Int], classes: Int) {
    precondition(
      predicted.count == actual.count, "\(predicted.count) answers do not belong to \(actual.count) items")
    precondition(
      (predicted + actual).allSatisfy { (0..<classes).contains($0) }, "a class is not among the \(classes)")
    var counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    for (guess, truth) in zip(predicted, actual) { counts[truth][guess] += 1 }
    self.counts = counts
  }

  /// The number of items.
  public var items: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// The share of items that were taken for the class that they have; `nil` without items.
  public var accuracy: Double? {
    items > 0 ? Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(items) : nil
  }

  /// The quality of every class.
  public var classes: [ClassQuality] {
    counts.indices.map { index in
      ClassQuality(
        found: counts[index][index], actual: counts[index].reduce(0, +),
        predicted: counts.reduce(0) { $0 + $1[index] }, items: items)
    }
  }

  /// The plain mean over classes that occur, as an item's class or as an answer; `nil` without items.
  public var macroMean: MeanQuality? { mean { _ in 1 } }

  /// The mean over classes, each weighted by the number of its items; `nil` without items.
  public var weightedMean: MeanQuality? { mean { Double($0.actual) } }

  private func mean(weight: (ClassQuality) -> Double) -> MeanQuality? {
    let present = classes.filter { $0.actual + $0.predicted > 0 }
    let sum = present.reduce(0) { $0 + weight($1) }
    guard sum > 0 else { return nil }
    func mean(_ value: (ClassQuality) -> Double) -> Double {
      present.reduce(0) { $0 + weight($1) * value($1) } / sum
    }
    return MeanQuality(precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1))
  }
}

/// How well one class is told from all others.
public struct ClassQuality: Sendable, Equatable {
  /// Its items that were taken for it.
  public let found: Int
  /// Its items.
  public let actual: Int
  /// The items that were taken for it.
  public let predicted: Int
  /// All items.
  public let items: Int

  /// The share of all items, whatever their class, that were rightly taken for this class or for another one; 0 without items.
  public var accuracy: Double { share(items - actual - predicted + 2 * found, of: items) }
  /// The share of the items taken for the class that have it; 0 when there are none.
  public var precision: Double { share(found, of: predicted) }
  /// The share of the items of the class that were taken for it, also called its accuracy; 0 when there are none.
  public var recall: Double { share(found, of: actual) }
  /// The harmonic mean of precision and recall; 0 when the class does not occur.
  public var f1: Double { share(2 * found, of: actual + predicted) }

  private func share(_ part: Int, of whole: Int) -> Double { whole > 0 ? Double(part) / Double(whole) : 0 }
}

/// The quality of a classifier as a mean over its classes.
public struct MeanQuality: Sendable, Equatable {
  /// The mean precision.
  public let precision: Double
  /// The mean recall.
  public let recall: Double
  /// The mean of the harmonic means of both.
  public let f1: Double
}
