/// What an evaluation found for one item.
public struct ItemScores: Codable, Sendable, Equatable {
  /// The item's name.
  public var item: String
  /// The class that the model predicts.
  public var predicted = 0
  /// The outputs of the model as its file defines them, flattened.
  public var outputs: [Float] = []
  /// The scores, in the order of the methods and of the metrics that judge items on their own.
  public var scores: [[MetricScore]] = []

  /// Starts without scores.
  public init(item: String) { self.item = item }
}
