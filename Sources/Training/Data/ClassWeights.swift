/// How much the items of the classes count in the loss of training.
public enum ClassWeights: Sendable, Hashable {
  /// All items alike.
  case equal
  /// One factor per class.
  case given([Double])
  /// `items / (classes * items of the class)`, so that every class counts alike, as scikit-learn's `balanced`.
  case balanced

  /// One factor per class, or `nil` when all are one.
  ///
  /// - Parameter data: The items to train with.
  /// - Returns: The factors.
  /// - Throws: `TrainingError` for another number of factors than classes, a factor that is negative or not finite, or a class without an item.
  public func factors(for data: any TrainingData) throws(TrainingError) -> [Double]? {
    switch self {
    case .equal: return nil
    case .given(let factors):
      guard factors.count == data.classes else {
        throw .classWeightCount(classes: data.classes, weights: factors.count)
      }
      if let bad = factors.first(where: { !($0 >= 0 && $0.isFinite) }) {
        throw .badSetting(name: "class-weights", value: "\(bad)", expected: "numbers from 0 on")
      }
      return factors
    case .balanced:
      let sizes = data.itemsPerClass
      if let empty = sizes.firstIndex(of: 0) { throw .noItemsOfClass(empty, classes: data.classes) }
      return sizes.map { Double(data.count) / Double(data.classes * $0) }
    }
  }
}
