import Foundation
import Synchronization

/// A line on standard error that shows how far the work is, when that is a terminal and the work is longer than a second.
final class ProgressBar: Sendable {
  private struct State {
    var done = 0
    var drawn = ContinuousClock.now
    var isVisible = false
  }

  private let total: Int
  private let doneBefore: Int
  private let label: String
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  /// Prepares a bar.
  ///
  /// - Parameters:
  ///   - label: What is done.
  ///   - total: The pieces of work in all.
  ///   - done: How many of them were done before, at another time.
  ///   - isQuiet: Whether nothing is shown.
  init(_ label: String, total: Int, done: Int = 0, isQuiet: Bool) {
    self.label = label
    self.total = total
    doneBefore = done
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
  }

  /// Counts one more piece of work.
  ///
  /// - Parameter note: What is shown behind the bar.
  func advance(_ note: @autoclosure () -> String = "") {
    state.withLock { state in
      state.done += 1
      let now = ContinuousClock.now
      guard isShown, now - start > .seconds(1), now - state.drawn > .milliseconds(100) else { return }
      state.drawn = now
      state.isVisible = true
      FileHandle.standardError.write(Data("\r\u{1B}[K\(line(done: state.done, at: now))\(note())".utf8))
    }
  }

  /// Removes the line.
  func finish() {
    state.withLock { state in
      if state.isVisible { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
  }

  private func line(done: Int, at now: ContinuousClock.Instant) -> String {
    let elapsed =
      Double((now - start).components.seconds) + Double((now - start).components.attoseconds) * 1e-18
    let rate = Double(done) / max(elapsed, 1e-9)
    let rest = Int((Double(total - doneBefore - done) / max(rate, 1e-9)).rounded(.up))
    let width = 24
    let filled = total > 0 ? (doneBefore + done) * width / total : width
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let rateText = String(format: rate < 10 ? "%.1f" : "%.0f", rate)
    return
      "\(label) \(bar) \(doneBefore + done)/\(total)  \(rateText)/s  \(rest / 60):\(String(format: "%02d", rest % 60)) left"
  }
}
