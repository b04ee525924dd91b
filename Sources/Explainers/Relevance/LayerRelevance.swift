/// What one layer did with the relevance that reached it.
public struct LayerRelevance: Sendable, Equatable {
  /// The layer's node.
  public var layer: String
  /// The relevance that arrived at its output, summed.
  public var arriving: Double
  /// What of it did not leave by its inputs: the shares of biases and of epsilon, and what rules lose or add by their nature.
  public var residual: Double

  /// Creates an entry.
  ///
  /// - Parameters:
  ///   - layer: The layer's node.
  ///   - arriving: The relevance that arrived at its output, summed.
  ///   - residual: What of it did not leave by its inputs.
  public init(layer: String, arriving: Double, residual: Double) {
    self.layer = layer
    self.arriving = arriving
    self.residual = residual
  }
}
