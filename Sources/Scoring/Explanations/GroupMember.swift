/// What is kept of an explanation for metrics that compare several.
public struct GroupMember: Sendable {
  /// The map, channels and positions in the order of memory.
  public let map: [Float]
  /// The class that the model predicts.
  public let predicted: Int

  /// Keeps what is needed of an explanation.
  public init(map: [Float], predicted: Int) {
    self.map = map
    self.predicted = predicted
  }
}
