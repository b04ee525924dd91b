import Synchronization

extension Threads {
  /// The results of `body` for every index below `tasks`, computed on several threads, in order.
  ///
  /// - Throws: What `body` throws for the lowest index at which it throws; tasks that have not started then are left out.
  public static func map<Result: Sendable>(
    _ tasks: Int, _ body: @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    let results = Mutex<[Result?]>(Array(repeating: nil, count: tasks))
    let failure = Mutex<(index: Int, error: any Error)?>(nil)
    forEach(tasks) { index in
      guard failure.withLock({ $0.map { index < $0.index } ?? true }) else { return }
      do {
        let result = try body(index)
        results.withLock { $0[index] = result }
      } catch {
        failure.withLock { if $0.map({ index < $0.index }) ?? true { $0 = (index, error) } }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
    return results.withLock { $0.compactMap { $0 } }
  }
}
