import TensorCore

/// What a model should answer to the items of a batch.
public enum Targets: Sendable, Equatable {
  /// One class per item, counted from 0.
  case labels([Int])
  /// One row per item, `[batch, ...]` with as many numbers as the model has outputs: probabilities of classes, or the values themselves.
  case values(Tensor)

  /// The number of items.
  public var count: Int {
    switch self {
    case .labels(let labels): labels.count
    case .values(let values): values.shape.batch
    }
  }
}
