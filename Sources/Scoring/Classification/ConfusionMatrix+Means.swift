extension ConfusionMatrix {
  /// The quality of a classifier as a mean over its classes.
  public struct MeanQuality: Sendable, Equatable {
    /// The mean precision.
    public let precision: Double
    /// The mean recall.
    public let recall: Double
    /// The mean of the harmonic means of both.
    public let f1: Double
  }

  /// The plain mean over classes that occur, as a label or as a prediction; `nil` without items.
  ///
  /// What a class has no number for counts as 0: its precision when it is never predicted, its recall when there are no such items.
  ///
  /// - Note: The macro average of `sklearn.metrics.classification_report` with `zero_division=0`.
  public var macroMean: MeanQuality? { mean { _ in 1 } }

  /// The mean over classes, each weighted by the number of its items; `nil` without items.
  ///
  /// - Note: The weighted average of `sklearn.metrics.classification_report` with `zero_division=0`.
  public var weightedMean: MeanQuality? { mean { Double($0.support) } }

  private func mean(weight: (ClassQuality) -> Double) -> MeanQuality? {
    let present = counts.indices.map { quality(of: $0) }.filter { $0.f1 != nil }
    let sum = present.reduce(0) { $0 + weight($1) }
    guard sum > 0 else { return nil }
    func mean(_ value: (ClassQuality) -> Double?) -> Double {
      present.reduce(0) { $0 + weight($1) * (value($1) ?? 0) } / sum
    }
    return MeanQuality(precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1))
  }
}
