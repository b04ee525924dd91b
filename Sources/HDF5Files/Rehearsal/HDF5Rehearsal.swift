import Foundation
import HDF5Shims
import Synchronization

/// Reads every file in another process first, so that a damaged one cannot crash this process.
///
/// libhdf5 crashes on about one of a thousand files with flipped bytes. Once `install()` was called, every file that is opened is first
/// read in a process of its own, all of it but the elements of arrays that are stored plainly. When that process crashes, does not end,
/// or takes too much memory, opening throws `HDF5Error.damaged`; else the file is read here as if nothing had happened. A file
/// that is opened again unchanged is not read there again.
///
/// The command `lens` does this. A program that uses the library and reads files from strangers should call `install()` in the first
/// line of its `main`; without that call files are read directly, as a library must not start processes unasked.
///
/// The processes come from one that `install()` forks while this one still has a single thread, because a fork of a process with
/// threads may find locks held that nobody will release. It ends with this process.
public enum HDF5Rehearsal {
  /// What is to be read.
  enum Source {
    /// The file at a path.
    case file(String)
    /// A file in memory.
    case image([UInt8])
  }

  /// What tells whether a file is still the same.
  private struct Identity: Hashable {
    let device: UInt
    let number: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  private struct State {
    var server: RehearsalServer?
    var passed: Set<Identity> = []
  }

  private static let state = Mutex(State())

  /// Makes this program read files in another process first; a second call does nothing.
  ///
  /// Costs one fork now, and per file one fork and the time to read it: about a millisecond for a small file.
  ///
  /// - Precondition: The process has one thread, as at the beginning of `main`.
  public static func install() {
    state.withLock { state in
      guard state.server == nil else { return }
      let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task"))?.count ?? 1
      precondition(
        threads == 1, "HDF5Rehearsal.install() is called while \(threads) threads run; call it first in main")
      // Started once here, and not again in every process that reads a file.
      Library.start()
      state.server = RehearsalServer()
      atexit { HDF5Rehearsal.state.withLockIfAvailable { $0.server?.end() } }
    }
  }

  /// Throws when reading a file in another process goes wrong; does nothing before `install()`.
  static func require(_ source: Source, path: String) throws(HDF5Error) {
    let failure = state.withLock { state -> HDF5Error? in
      guard let server = state.server else { return nil }
      let identity: Identity? = if case .file(let place) = source { identity(of: place) } else { nil }
      if let identity, state.passed.contains(identity) { return nil }
      guard let outcome = server.outcome(of: source) else {
        return .unreadableFile(file: path, reason: "the process that reads it first has ended")
      }
      if let reason = outcome.reason { return .damaged(file: path, path: "/", reason: reason) }
      if let identity { state.passed.insert(identity) }
      return nil
    }
    if let failure { throw failure }
  }

  private static func identity(of path: String) -> Identity? {
    var facts = stat()
    guard !path.contains("\0"), stat(path, &facts) == 0 else { return nil }
    return Identity(
      device: UInt(facts.st_dev), number: UInt(facts.st_ino), size: Int(facts.st_size),
      seconds: facts.st_mtim.tv_sec, nanoseconds: facts.st_mtim.tv_nsec)
  }
}
