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

  /// Computes `body` for every index below `tasks` on several threads and hands the results to `combine`, on the calling thread and in
  /// the order of the indices.
  ///
  /// Only a few results for every thread exist at a time. Sums that `combine` makes do not depend on the number of threads. `WorkProgress`
  /// learns of the share that is done.
  ///
  /// - Throws: What `body` throws for the lowest index at which it throws; results behind it are not combined.
  public static func stream<Result: Sendable, Problem: Error>(
    _ tasks: Int, _ body: @Sendable (Int) throws(Problem) -> Result, into combine: (Result) -> Void
  ) throws(Problem) {
    let wave = 4 * count
    for first in stride(from: 0, to: tasks, by: wave) {
      let size = min(wave, tasks - first)
      let results = Mutex<[Swift.Result<Result, Problem>?]>(Array(repeating: nil, count: size))
      forEach(size) { index in
        let result: Swift.Result<Result, Problem>
        do throws(Problem) {
          result = .success(try body(first + index))
        } catch {
          result = .failure(error)
        }
        results.withLock { $0[index] = result }
      }
      for result in results.withLock({ $0 }) {
        if let result { combine(try result.get()) }
      }
      WorkProgress.reached(first + size, of: tasks)
    }
  }
}
