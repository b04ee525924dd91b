import Foundation
import HDF5Shims

/// A process with one thread that starts, for every file it is asked about, a process that reads the file.
///
/// Requests are a kind (one byte: a path or the bytes themselves), a count (eight bytes) and as many bytes. Answers are what `waitpid`
/// said (four bytes).
struct RehearsalServer {
  private static let pathKind = UInt8(0)
  private static let imageKind = UInt8(1)

  /// This process's end of the line to the server.
  private let line: Int32
  private let process: pid_t

  /// Starts the server; must be called while the process has one thread.
  init() {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      (line, process) = (-1, -1)
      return
    }
    process = hs_fork()
    if process == 0 {
      close(ends[0])
      Self.serve(on: ends[1])
    }
    close(ends[1])
    if process < 0 { close(ends[0]) }
    line = process < 0 ? -1 : ends[0]
  }

  /// Ends the server, so that no trace of it stays behind.
  func end() {
    guard process > 0 else { return }
    close(line)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  /// How a process ends that reads a file; nil when there is no server any more.
  func outcome(of source: HDF5Rehearsal.Source) -> RehearsalOutcome? {
    let (kind, content) =
      switch source {
      case .file(let path): (Self.pathKind, Array(path.utf8))
      case .image(let image): (Self.imageKind, image)
      }
    let header = [kind] + withUnsafeBytes(of: content.count) { Array($0) }
    guard Self.send(header, on: line), Self.send(content, on: line), let answer = Self.receive(4, on: line)
    else { return nil }
    return RehearsalOutcome(waitStatus: answer.withUnsafeBytes { $0.load(as: Int32.self) })
  }

  // MARK: - In the server

  private static func serve(on line: Int32) -> Never {
    // Ctrl-C goes to all processes of a terminal; this one ends when its client does.
    signal(SIGINT, SIG_IGN)
    signal(SIGTERM, SIG_IGN)
    let nothing = open("/dev/null", O_RDWR)
    for standard in Int32(0)...2 { dup2(nothing, standard) }
    while let header = receive(9, on: line) {
      let count = header.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 1, as: Int.self) }
      guard let content = receive(count, on: line) else { break }
      var status: Int32 = 0
      let process = hs_fork()
      if process == 0 { rehearse(content, isImage: header[0] == imageKind) }
      guard process > 0, waitpid(process, &status, 0) == process else { break }
      guard send(withUnsafeBytes(of: status) { Array($0) }, on: line) else { break }
    }
    _exit(0)
  }

  private static func rehearse(_ content: [UInt8], isImage: Bool) -> Never {
    let source: HDF5Rehearsal.Source =
      isImage ? .image(content) : .file(String(decoding: content, as: UTF8.self))
    _exit(RehearsedReading.outcome(of: source).exitCode)
  }

  // MARK: - Bytes

  private static func send(_ bytes: [UInt8], on line: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.send(
          line, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  private static func receive(_ count: Int, on line: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var received = 0
    while received < count {
      let next = bytes.withUnsafeMutableBytes {
        read(line, $0.baseAddress.map { $0 + received }, count - received)
      }
      if next < 0, errno == EINTR { continue }
      guard next > 0 else { return nil }
      received += next
    }
    return bytes
  }
}
