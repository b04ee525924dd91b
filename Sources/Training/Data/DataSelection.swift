import TensorCore

/// Some of the items of other data.
///
/// An item is varied as it is in the data that it comes from.
public struct DataSelection: TrainingData {
  /// The data that the items come from.
  public let source: any TrainingData
  /// The indices of the items in their source.
  public let indices: [Int]
  /// The class of every item.
  public let labels: [Int]

  /// Creates a selection.
  ///
  /// - Parameters:
  ///   - source: The data that the items come from.
  ///   - indices: The indices of the items in their source.
  public init(of source: any TrainingData, _ indices: [Int]) {
    self.source = source
    self.indices = indices
    let labels = source.labels
    self.labels = indices.map { labels[$0] }
  }

  /// The number of items.
  public var count: Int { indices.count }

  /// The shape of one item.
  public var itemShape: Shape { source.itemShape }

  /// The number of classes, those without an item included.
  public var classes: Int { source.classes }

  /// Some of the items.
  ///
  /// - Throws: What keeps an item from being loaded.
  public func items(_ indices: [Int], epoch: Int?) throws -> Tensor {
    try source.items(indices.map { self.indices[$0] }, epoch: epoch)
  }
}
