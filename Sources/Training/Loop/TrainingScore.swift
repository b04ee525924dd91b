/// How well a model does on some items.
public struct TrainingScore: Sendable, Hashable {
  /// The loss.
  public let loss: Double
  /// The share of items whose likeliest class is the right one.
  public let accuracy: Double

  /// Creates a score.
  ///
  /// - Parameters:
  ///   - loss: The loss.
  ///   - accuracy: The share of items whose likeliest class is the right one, 0 to 1.
  public init(loss: Double, accuracy: Double) {
    self.loss = loss
    self.accuracy = accuracy
  }
}
