import TensorCore

/// Other data whose items are augmented anew in every epoch.
public struct AugmentedData: TrainingData {
  /// The data that the items come from.
  public let source: any TrainingData
  /// What is done to items.
  public let augmentation: Augmentation
  /// The seed of what is drawn.
  public let seed: UInt32

  /// Creates augmented data.
  ///
  /// - Parameters:
  ///   - source: The data that the items come from.
  ///   - augmentation: What is done to items.
  ///   - seed: The seed of what is drawn.
  /// - Throws: `AugmentationError` when the items cannot be augmented so.
  public init(
    of source: any TrainingData, by augmentation: Augmentation, seed: UInt32
  ) throws(AugmentationError) {
    try augmentation.check(source.itemShape)
    self.source = source
    self.augmentation = augmentation
    self.seed = seed
  }

  /// The number of items.
  public var count: Int { source.count }

  /// The shape of one item.
  public var itemShape: Shape { source.itemShape }

  /// The number of classes.
  public var classes: Int { source.classes }

  /// The class of every item.
  public var labels: [Int] { source.labels }

  /// Some of the items; without an epoch as they are.
  ///
  /// - Throws: What keeps an item from being loaded.
  public func items(_ indices: [Int], epoch: Int?) throws -> Tensor {
    let batch = try source.items(indices, epoch: epoch)
    guard let epoch else { return batch }
    return augmentation(batch, items: indices, epoch: epoch, seed: seed)
  }
}
