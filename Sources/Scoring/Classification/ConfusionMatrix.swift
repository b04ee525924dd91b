/// How often a model predicts each class for items of each label.
public struct ConfusionMatrix: Sendable, Equatable {
  /// What a class is recognised by.
  public struct ClassQuality: Sendable, Equatable {
    /// Items with this label.
    public let support: Int
    /// The share of them that are predicted so, also called accuracy of the class; `nil` without such items.
    public let recall: Double?
    /// The share of items predicted so that have this label; `nil` when none are predicted so.
    public let precision: Double?
    /// The harmonic mean of precision and recall; 0 when both are, `nil` without items and predictions.
    public let f1: Double?
  }

  /// Items by label and predicted class.
  public private(set) var counts: [[Int]]

  /// Starts without items.
  ///
  /// - Parameter classes: The number of classes.
  public init(classes: Int) { counts = Array(repeating: Array(repeating: 0, count: classes), count: classes) }

  /// Adds an item.
  ///
  /// - Parameters:
  ///   - label: Its class.
  ///   - predicted: The class that the model predicts.
  public mutating func add(label: Int, predicted: Int) { counts[label][predicted] += 1 }

  /// The number of items.
  public var total: Int { counts.joined().reduce(0, +) }

  /// The share of items that are predicted right; `nil` without items.
  public var accuracy: Double? {
    total > 0 ? Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total) : nil
  }

  /// How well a class is recognised.
  public func quality(of index: Int) -> ClassQuality {
    let right = Double(counts[index][index])
    let support = counts[index].reduce(0, +)
    let predicted = counts.reduce(0) { $0 + $1[index] }
    return ClassQuality(
      support: support, recall: support > 0 ? right / Double(support) : nil,
      precision: predicted > 0 ? right / Double(predicted) : nil,
      f1: support + predicted > 0 ? 2 * right / Double(support + predicted) : nil)
  }
}
