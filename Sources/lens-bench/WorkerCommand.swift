import ArgumentParser
import Foundation
import SignalLens

/// Does jobs that come as lines of JSON on standard input, and answers each with a line of JSON that says how long it took.
///
/// A comparison runs one such process beside one of another library and gives both the same jobs in turn, so that a machine whose speed
/// changes treats both alike.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Does jobs that come as lines of JSON on standard input.")

  @Option(help: "The largest number of threads.")
  var threads = Threads.available

  /// The answer to a job.
  private struct Answer: Codable {
    var seconds: Double
    /// The most memory that the process has had until now.
    var peakBytes: Int
    var instructions: String
  }

  func run() throws {
    Threads.count = threads
    var bench = Workbench()
    let (decoder, encoder) = (JSONDecoder(), JSONEncoder())
    while let line = readLine() {
      let job = try decoder.decode(Job.self, from: Data(line.utf8))
      try bench.prepare(job)
      let clock = ContinuousClock()
      let start = clock.now
      let result = try bench.run(job)
      let seconds = (clock.now - start) / .seconds(1)
      if let path = job.output {
        try result.withValues { try Data(buffer: $0).write(to: URL(fileURLWithPath: path)) }
      }
      let answer = Answer(
        seconds: seconds, peakBytes: peakMemory(), instructions: InstructionSet.selected.name)
      print(String(decoding: try encoder.encode(answer), as: UTF8.self))
      fflush(nil)
    }
  }

  /// What Linux calls the high-water mark; the peak that `getrusage` tells is at least that of the process which started this one.
  private func peakMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
  }
}
