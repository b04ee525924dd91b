/// The division of a batch into tasks: by item, by rows of an item when there are fewer items than threads, and by parts of the
/// channels when there are no rows to divide.
///
/// Work that is done before another thread would have woken up stays on the calling thread.
struct WorkSplit: Sendable {
  /// What one task computes.
  struct Part {
    var item: Int
    var rows: Range<Int>
    var lanes: Range<Int>
  }

  /// Multiplications that take about as long as handing a task to another thread.
  private static let grain = 250_000

  private let rows: Int
  private let lanes: Int
  private let rowParts: Int
  private let laneParts: Int

  /// The number of tasks.
  let tasks: Int
  /// The number of threads that are worth having.
  let threads: Int

  /// Divides work.
  ///
  /// - Parameters:
  ///   - items: The items of the batch.
  ///   - rows: The rows of an item that can be computed independently of each other.
  ///   - lanes: The parts of a row that can be computed independently of each other.
  ///   - operations: The multiplications that everything takes.
  init(items: Int, rows: Int, lanes: Int = 1, operations: Int) {
    self.rows = rows
    self.lanes = lanes
    threads = max(1, min(Threads.count, operations / Self.grain))
    let wanted = items == 0 || threads == 1 || items >= 4 * threads ? 1 : 4 * threads / items
    rowParts = max(1, min(rows, wanted))
    laneParts = max(1, min(lanes, wanted / rowParts))
    tasks = items * rowParts * laneParts
  }

  subscript(task: Int) -> Part {
    let part = task % (rowParts * laneParts)
    return Part(
      item: task / (rowParts * laneParts), rows: Self.share(part / laneParts, of: rowParts, rows),
      lanes: Self.share(part % laneParts, of: laneParts, lanes))
  }

  private static func share(_ index: Int, of parts: Int, _ whole: Int) -> Range<Int> {
    (index * whole / parts)..<((index + 1) * whole / parts)
  }
}
