import Boundary
import Dispatch
import Foundation

/// What happens when the user interrupts the command.
enum Interruption {
  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

  /// Removes unfinished files on Ctrl-C and on a request to terminate, then ends with the exit code that shells expect.
  static func cleanUpOnSignals() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        WholeFile.discardUnfinished()
        Foundation._exit(128 + number)
      }
      source.resume()
      sources.append(source)
    }
  }
}
