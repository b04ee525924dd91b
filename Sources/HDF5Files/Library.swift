import Foundation
import HDF5Shims

/// The one door to libhdf5, which must never be entered by two threads at once.
final class Library: @unchecked Sendable {
  private static let shared = Library()

  /// Recursive, because a handle may go while its thread is inside already; guards everything below.
  private let lock = NSRecursiveLock()
  private var depth = 0
  /// Identifiers to close, which wait because any call wipes out the message of a failed one before it.
  private var finished: [hid_t] = []

  private init() {
    precondition(hs_start() >= 0, "libhdf5 does not start")
  }

  /// Starts libhdf5, which otherwise starts when it is first used; processes that are forked from then on find it started.
  static func start() { _ = shared }

  /// Runs `body` while no other thread is inside libhdf5.
  static func locked<Result, Problem: Error>(
    _ body: () throws(Problem) -> Result
  ) throws(Problem) -> Result {
    shared.enter()
    defer { shared.leave() }
    return try body()
  }

  /// What libhdf5 says about the call that has just failed.
  static func lastMessage() -> String {
    let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      hs_last_message(buffer.baseAddress, buffer.count)
      return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    return text.isEmpty ? "no reason given" : text
  }

  /// Takes over an identifier, which the owner does not need any more.
  static func close(_ id: hid_t) {
    locked { shared.finished.append(id) }
  }

  /// Closes identifiers when many wait; to be called when no message is waiting to be read.
  static func tidy() {
    if shared.finished.count > 64 { shared.closeFinished() }
  }

  private func enter() {
    lock.lock()
    depth += 1
    // Debian builds libhdf5 with a message stack, and a printer of it, for every thread.
    if depth == 1 { hs_silence() }
  }

  private func leave() {
    _ = hs_ran_out_of_memory()
    if depth == 1 { closeFinished() }
    depth -= 1
    lock.unlock()
  }

  private func closeFinished() {
    for id in finished { _ = H5Idec_ref(id) }
    finished.removeAll(keepingCapacity: true)
  }
}

/// An identifier of libhdf5, closed when its owner goes.
final class Handle: Sendable {
  let id: hid_t

  /// Takes over an identifier; nil when it is the mark of a failed call.
  init?(_ id: hid_t) {
    guard id >= 0 else { return nil }
    self.id = id
    Library.tidy()
  }

  deinit {
    Library.close(id)
  }
}
