import Foundation
import Synchronization

/// A line on standard error that shows how far the work is, when that is a terminal and the work is longer than a second.
final class ProgressBar: Sendable {
  private struct State {
    /// Pieces, and shares of those that are being worked on.
    var done = 0.0
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

  /// A piece of work that tells how far it has come.
  final class Piece: Sendable {
    private let bar: ProgressBar
    private let share = Mutex(0.0)

    fileprivate init(of bar: ProgressBar) { self.bar = bar }

    /// Counts the piece as done up to a share of it; a lower share than before changes nothing.
    func reach(_ share: Double) {
      let more = self.share.withLock { now in
        defer { now = max(now, share) }
        return max(share - now, 0)
      }
      bar.advance(by: more)
    }
  }

  /// Begins a piece of work that tells how far it has come, and ends with `reach(1)`.
  func begin() -> Piece { Piece(of: self) }

  /// Counts more work.
  ///
  /// - Parameters:
  ///   - pieces: How much: one piece, or a share of one.
  ///   - note: What is shown behind the bar.
  func advance(by pieces: Double = 1, _ note: @autoclosure () -> String = "") {
    state.withLock { state in
      state.done += pieces
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

  private func line(done: Double, at now: ContinuousClock.Instant) -> String {
    let elapsed =
      Double((now - start).components.seconds) + Double((now - start).components.attoseconds) * 1e-18
    let rate = done / max(elapsed, 1e-9)
    let rest = max(Int(((Double(total - doneBefore) - done) / max(rate, 1e-9)).rounded(.up)), 0)
    let width = 24
    // Shares add up with rounding errors.
    let reached = Double(doneBefore) + done + 1e-6
    let filled = total > 0 ? min(Int(reached * Double(width) / Double(total)), width) : width
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let rateText = String(format: rate < 1 ? "%.2f" : rate < 10 ? "%.1f" : "%.0f", rate)
    return
      "\(label) \(bar) \(Int(reached))/\(total)  \(rateText)/s  \(rest / 60):\(String(format: "%02d", rest % 60)) left"
  }
}
