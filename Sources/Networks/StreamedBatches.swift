/// The batches in which many items pass through a model one after the other.
///
/// All are equally large but for one item, and at most as large as the model allows to be run at once (`Model.streamingBatch`). Where they
/// have several items there is an even number of them, so that two threads end together. They depend on the model and the number of items alone,
/// so that memory does not grow with that number and results do not depend on the threads.
package struct StreamedBatches: Sendable {
  /// The number of all items.
  private let items: Int
  /// The number of batches.
  package let count: Int

  init(of items: Int, atMost size: Int) {
    self.items = items
    count = min(items, 2 * ((items + 2 * size - 1) / (2 * size)))
  }

  /// The items of the largest batch.
  package var largest: Int { count > 0 ? (items + count - 1) / count : 0 }

  /// The items of a batch.
  package subscript(batch: Int) -> Range<Int> {
    (batch * items / count)..<((batch + 1) * items / count)
  }
}

extension Model {
  /// The batches in which a number of items pass through the model one after the other.
  package func streamed(_ items: Int) -> StreamedBatches {
    StreamedBatches(of: items, atMost: streamingBatch)
  }
}
