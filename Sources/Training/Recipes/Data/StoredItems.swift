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
  private let kept: Tensor?

  /// Loads items.
  ///
  /// - Throws: `InputError` when a file is damaged or holds numbers that are not finite.
  init(_ inputs: InputSet, labels: [Int], itemShape: Shape, classes: Int) throws {
    self.inputs = inputs
    self.labels = labels
    self.itemShape = itemShape
    self.classes = classes
    let bytes = inputs.items.count * itemShape.count * MemoryLayout<Float>.stride
    kept = bytes <= Self.mostBytes ? try Self.load(Array(inputs.items.indices), inputs, itemShape) : nil
  }

  var count: Int { labels.count }

  func items(_ indices: [Int], epoch: Int?) throws -> Tensor {
    guard let kept else { return try Self.load(indices, inputs, itemShape) }
    return kept.items(at: indices)
  }

  private static func load(_ indices: [Int], _ inputs: InputSet, _ itemShape: Shape) throws -> Tensor {
    let items = try Threads.map(indices.count) { try inputs.load(indices[$0]).input }
    return Tensor(joining: items.isEmpty ? [Tensor(itemShape.with(batch: 0))] : items)
  }
}

extension Tensor {
  /// Some items of the batch, as a batch of their own.
  func items(at indices: [Int]) -> Tensor {
    let size = shape.itemCount
    return Tensor(shape.with(batch: indices.count)) { target in
      withValues { source in
        for (place, index) in indices.enumerated() {
          let run = UnsafeMutableBufferPointer(rebasing: target[(place * size)..<((place + 1) * size)])
          _ = run.initialize(from: source[(index * size)..<((index + 1) * size)])
        }
      }
    }
  }
}
