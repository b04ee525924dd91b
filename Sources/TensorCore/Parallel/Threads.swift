import Dispatch
import Foundation
import Synchronization

/// How work is spread over processor cores.
///
/// Results never depend on the number of threads: work is split so that every output element is computed by one task, in an
/// order that the task alone decides.
public enum Threads {
  private static let setting = Atomic<Int>(0)
  @TaskLocal private static var isInsideTask = false

  /// The number of processor cores that the process may use; read once, because it stands in files of the system.
  public static let available = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// The largest number of threads that one call of `forEach` uses.
  ///
  /// Default: the cores that the process may use.
  public static var count: Int {
    get {
      let chosen = setting.load(ordering: .relaxed)
      return chosen > 0 ? chosen : available
    }
    set {
      precondition(newValue > 0, "at least one thread does the work, not \(newValue)")
      setting.store(newValue, ordering: .relaxed)
    }
  }

  /// The threads that a call made here uses at most: one inside a task.
  static var free: Int { isInsideTask ? 1 : count }

  /// Calls `body` once for every index below `tasks`, on several threads, and returns when all are done.
  ///
  /// A call made from inside a task runs its tasks one after the other: the outermost split decides.
  public static func forEach(_ tasks: Int, _ body: @Sendable (Int) -> Void) {
    forEach(tasks, onAtMost: count, body)
  }

  /// Calls `body` once for every index below `tasks` on a limited number of threads.
  static func forEach(_ tasks: Int, onAtMost limit: Int, _ body: @Sendable (Int) -> Void) {
    let threads = min(limit, tasks)
    guard threads > 1, !isInsideTask else {
      for task in 0..<max(tasks, 0) { body(task) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      $isInsideTask.withValue(true) {
        while true {
          let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard task < tasks else { return }
          body(task)
        }
      }
    }
  }
}
