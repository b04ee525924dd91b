import TensorCore

/// A list of operations that are done at random to every item of training data, anew in every epoch.
///
/// What happens to an item follows from the seed, the epoch and the number of the item alone: neither the order of items nor the number of threads nor
/// an interruption of the training changes it.
///
/// Cost: about a microsecond for a signal of 40 samples; a millisecond or two for an image of 224 x 224 x 3 that is resampled.
public struct Augmentation: Sendable {
  /// The operations in their order.
  public let operations: [any AugmentationOperation]

  /// Creates a list of operations; an empty one leaves items as they are.
  public init(_ operations: [any AugmentationOperation] = []) { self.operations = operations }

  /// Checks that items of a shape can be augmented.
  ///
  /// - Parameter item: `[1, spatial..., channels]`.
  /// - Throws: `AugmentationError` of the first operation that cannot treat them.
  public func check(_ item: Shape) throws(AugmentationError) {
    for operation in operations { try operation.check(item) }
  }

  /// Augments a batch.
  ///
  /// - Parameters:
  ///   - batch: `[batch, spatial..., channels]`, of a shape that was checked.
  ///   - items: The number of every item of the batch in its data.
  ///   - epoch: The number of the epoch.
  ///   - seed: The seed of the training.
  /// - Returns: A tensor of the same shape.
  public func callAsFunction(_ batch: Tensor, items: [Int], epoch: Int, seed: UInt32) -> Tensor {
    precondition(items.count == batch.shape.batch, "\(items.count) numbers for a batch of \(batch.shape)")
    let size = batch.shape.itemCount
    guard !operations.isEmpty, size > 0 else { return batch }
    var result = batch
    result.withMutableValues { values in
      let memory = AugmentedMemory(values)
      let run = max(Self.valuesPerTask / size, 1)
      let (spatial, channels) = (batch.shape.spatial, batch.shape.channels)
      Threads.forEach((items.count + run - 1) / run) { task in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: size) { scratch in
          scratch.initialize(repeating: 0)
          for index in (task * run)..<min((task + 1) * run, items.count) {
            let item = AugmentedItem(
              values: memory.values(from: index * size, count: size), scratch: scratch, spatial: spatial,
              channels: channels)
            var random = AugmentationRandom(seed: seed, epoch: epoch, item: items[index])
            for operation in operations { operation.apply(to: item, random: &random) }
          }
        }
      }
    }
    return result
  }

  /// Fewer values are not worth a task of their own.
  private static let valuesPerTask = 1 << 10
}

/// The values of a batch for tasks that write to items of their own.
private struct AugmentedMemory: @unchecked Sendable {
  private let values: UnsafeMutableBufferPointer<Float>

  init(_ values: UnsafeMutableBufferPointer<Float>) { self.values = values }

  func values(from first: Int, count: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: values[first..<(first + count)])
  }
}
