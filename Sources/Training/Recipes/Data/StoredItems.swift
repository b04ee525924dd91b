import Datasets
import TensorCore

/// The items of files, in memory where they fit and else loaded whenever they are asked for.
struct StoredItems: TrainingData {
  /// Data of more bytes are not kept in memory.
  static let mostBytes = 2 << 30

  let inputs: InputSet
  let itemShape: Shape
  let labels: [Int]
  let classes: Int
  /// All items, where they are kept.
  private let kept: TensorData?

  /// Loads items.
  ///
  /// - Throws: `InputError` when a file is damaged or holds numbers that are not finite.
  init(_ inputs: InputSet, labels: [Int], itemShape: Shape, classes: Int) throws {
    self.inputs = inputs
    self.labels = labels
    self.itemShape = itemShape
    self.classes = classes
    let bytes = inputs.items.count * itemShape.count * MemoryLayout<Float>.stride
    guard bytes <= Self.mostBytes else {
      kept = nil
      return
    }
    let all = try Self.load(Array(inputs.items.indices), inputs, itemShape)
    kept = try TensorData(all, labels: labels, classes: classes)
  }

  var count: Int { labels.count }

  func items(_ indices: [Int], epoch: Int?) throws -> Tensor {
    guard let kept else { return try Self.load(indices, inputs, itemShape) }
    return kept.items(indices, epoch: epoch)
  }

  private static func load(_ indices: [Int], _ inputs: InputSet, _ itemShape: Shape) throws -> Tensor {
    let items = try Threads.map(indices.count) { try inputs.load(indices[$0]).input }
    return Tensor(joining: items.isEmpty ? [Tensor(itemShape.with(batch: 0))] : items)
  }
}
