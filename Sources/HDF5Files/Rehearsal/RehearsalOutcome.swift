import Foundation

/// How a process ended that read a file.
enum RehearsalOutcome: Equatable {
  /// It came to its end, whatever errors it met: they will be met again, and thrown.
  case passed
  /// It was ended by a signal, as crashes are.
  case crashed
  /// It used up its time.
  case endless
  /// It used up its memory.
  case outOfMemory
  /// A list of names could not be read, so that there may be more to the file than was read.
  case unlisted

  /// What the process ends with when it is not ended.
  var exitCode: Int32 {
    switch self {
    case .outOfMemory: 3
    case .unlisted: 4
    default: 0
    }
  }

  /// Reads what `waitpid` says.
  init(waitStatus status: Int32) {
    let signal = status & 0x7f
    let exitCode = status >> 8 & 0xff
    switch (signal, exitCode) {
    case (0, 0): self = .passed
    case (0, Self.outOfMemory.exitCode): self = .outOfMemory
    case (0, Self.unlisted.exitCode): self = .unlisted
    case (SIGXCPU, _), (SIGKILL, _): self = .endless
    default: self = .crashed
    }
  }

  /// The reason to give for refusing the file; none when it may be read.
  var reason: String? {
    switch self {
    case .passed: nil
    case .crashed: "libhdf5 crashes when it reads the file"
    case .endless: "reading the file does not come to an end"
    case .outOfMemory: "reading the file takes far more memory than the file has content"
    case .unlisted: "the names of its parts cannot be listed"
    }
  }
}
