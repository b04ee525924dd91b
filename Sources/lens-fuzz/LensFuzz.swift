import Boundary
import Foundation
import HDF5Shims
import SignalLens

/// Reads the files named on standard input, one a line, each in a process of its own, and prints how each process ended:
/// exit code (minus the signal where one ended it), seconds of processor time, MiB of memory, and the sentence.
///
/// Does with each file what the command does: models are read and, where small, asked about one item; files whose name begins with
/// `array` are read as arrays, all of them. A line with a tab names an architecture and, behind the tab, the file with its weights. A process is forked, not started anew, so that many thousand files take minutes (`Scripts/fuzz-readers.sh`).
@main
struct LensFuzz {
  /// The most processor time for one file, in seconds.
  private static let mostSeconds = rlim_t(20)

  static func main() {
    HDF5Rehearsal.install()
    while let path = readLine() {
      FileHandle.standardOutput.write(Data("\(line(for: path))\n".utf8))
    }
  }

  private static func line(for path: String) -> String {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return "-1\t0\t0\tno pipe" }
    let process = hs_fork()
    if process == 0 {
      close(ends[0])
      read(path, reportingTo: FileHandle(fileDescriptor: ends[1]))
    }
    close(ends[1])
    let sentence = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true).readDataToEndOfFile()
    var status: Int32 = 0
    var usage = rusage()
    guard process > 0, wait4(process, &status, 0, &usage) == process else { return "-1\t0\t0\tno process" }
    let signal = status & 0x7f
    let code = signal == 0 ? status >> 8 & 0xff : -signal
    let seconds = [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6
    }
    let text = String(decoding: sentence, as: UTF8.self).replacingOccurrences(of: "\t", with: " ")
    return
      "\(code)\t\(seconds)\t\(usage.ru_maxrss / 1024)\t\(text.replacingOccurrences(of: "\n", with: "\\n"))"
  }

  private static func read(_ path: String, reportingTo output: FileHandle) -> Never {
    var limits = rlimit(rlim_cur: mostSeconds, rlim_max: mostSeconds)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limits)
    Threads.count = 1
    do {
      try read(path)
      _exit(0)
    } catch let failure as any Failure {
      output.write(Data(failure.description.utf8))
      _exit(failure.failureClass.rawValue)
    } catch {
      output.write(Data("\(error)".utf8))
      _exit(FailureClass.defect.rawValue)
    }
  }

  private static func read(_ path: String) throws {
    let parts = path.split(separator: "\t").map(String.init)
    if URL(fileURLWithPath: path).lastPathComponent.hasPrefix("array") {
      let file = try ArrayFile(contentsOf: path)
      var first: (any Error)?
      for entry in file.entries {
        do { _ = try file.array(named: entry.name) } catch { first = first ?? error }
      }
      if let first { throw first }
      return
    }
    let model = try KerasFile(parts[parts.count - 1], architecture: parts.count > 1 ? parts[0] : nil).model
    guard model.activationBytes < 16 << 20, model.parameterCount < 1 << 20 else { return }
    _ = try model.trace(model.inputs.map { Tensor(model.nodes[$0].shape) })
  }
}
