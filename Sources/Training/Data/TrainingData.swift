import TensorCore

/// Items with labels, to train with or to measure a model on.
///
/// Items are asked for batch by batch, from several threads at once while a model is measured, so that they need not be in memory.
public protocol TrainingData: Sendable {
  /// The number of items.
  var count: Int { get }
  /// The shape of one item, `[1, spatial..., channels]`.
  var itemShape: Shape { get }
  /// The number of classes.
  var classes: Int { get }
  /// The class of every item, each at least 0 and below `classes`.
  var labels: [Int] { get }

  /// Some of the items as one batch.
  ///
  /// What a source draws to vary an item follows from its own seed, the epoch and the index of the item alone, so that training can be
  /// interrupted and gone on with anywhere.
  ///
  /// - Parameters:
  ///   - indices: The items, in the order wanted, each below `count`.
  ///   - epoch: The epoch, counted from 0, for which items may be varied; `nil` for the items as they are.
  /// - Returns: `[indices, spatial..., channels]`.
  /// - Throws: What keeps an item from being loaded.
  func items(_ indices: [Int], epoch: Int?) throws -> Tensor
}

extension TrainingData {
  /// The number of items of every class.
  public var itemsPerClass: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classes)) { $0[$1] += 1 }
  }

  /// Checks that there are items, that every one has a label and every label is a class.
  func checkLabels() throws(TrainingError) {
    guard count > 0 else { throw .noItems }
    let labels = labels
    guard labels.count == count else { throw .labelCount(items: count, labels: labels.count) }
    guard let item = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) else { return }
    throw .labelOutOfRange(item: item, label: labels[item], classes: classes)
  }
}
