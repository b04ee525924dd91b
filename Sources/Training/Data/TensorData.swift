import TensorCore

/// Items in memory.
public struct TensorData: TrainingData {
  /// The items, `[count, spatial..., channels]`.
  public let tensor: Tensor
  /// The class of every item.
  public let labels: [Int]
  /// The number of classes.
  public let classes: Int

  /// Creates data from a tensor and labels.
  ///
  /// - Parameters:
  ///   - tensor: The items, `[count, spatial..., channels]`.
  ///   - labels: The class of every item.
  ///   - classes: The number of classes; one more than the largest label when `nil`.
  /// - Throws: `TrainingError` when there is no item, another number of labels, or a label that is no class.
  public init(_ tensor: Tensor, labels: [Int], classes: Int? = nil) throws(TrainingError) {
    self.tensor = tensor
    self.labels = labels
    self.classes = classes ?? min(labels.max() ?? 0, Int.max - 1) + 1
    try checkLabels()
  }

  /// The number of items.
  public var count: Int { tensor.shape.batch }

  /// The shape of one item.
  public var itemShape: Shape { tensor.shape.with(batch: 1) }

  /// Some of the items, the same in every epoch.
  public func items(_ indices: [Int], epoch: Int?) -> Tensor {
    let size = tensor.shape.itemCount
    return Tensor(tensor.shape.with(batch: indices.count)) { target in
      tensor.withValues { source in
        for (place, index) in indices.enumerated() {
          precondition(index >= 0 && index < labels.count, "there is no item \(index) of \(labels.count)")
          let run = UnsafeMutableBufferPointer(rebasing: target[(place * size)..<((place + 1) * size)])
          _ = run.initialize(from: source[(index * size)..<((index + 1) * size)])
        }
      }
    }
  }
}
