import Boundary
import Dispatch
import Foundation
import Synchronization

/// What happens when the user interrupts the command.
enum Interruption {
  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []
  /// Whether the command finishes what it is at when it is interrupted, and ends by itself.
  private static let isAwaited = Atomic<Bool>(false)
  /// The signal that has interrupted the command; 0 for none.
  private static let received = Atomic<Int32>(0)

  /// Removes unfinished files on Ctrl-C and on a request to terminate, then ends with the exit code that shells expect.
  static func cleanUpOnSignals() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        // The second signal does not wait.
        let isFirst = received.exchange(number, ordering: .sequentiallyConsistent) == 0
        if isFirst, isAwaited.load(ordering: .sequentiallyConsistent) { return }
        WholeFile.discardUnfinished()
        Foundation._exit(exitCode(of: number))
      }
      source.resume()
      sources.append(source)
    }
  }

  /// Lets the command end by itself after the first signal: it asks for `request` from time to time.
  static func awaitRequests() { isAwaited.store(true, ordering: .sequentiallyConsistent) }

  /// The exit code for the signal that has asked the command to end; `nil` as long as none has.
  static var request: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : exitCode(of: number)
  }

  private static func exitCode(of signal: Int32) -> Int32 { 128 + signal }
}
