import ArgumentParser
import Foundation
import SignalLens

/// Times the kernels and prints the results as JSON.
struct KernelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels", abstract: "Times the kernels and prints the results as JSON.")

  @Argument(help: "Only the cases whose names contain this text.")
  var text = ""

  func run() throws {
    var measurements: [Measurement] = []
    for threads in Set([1, Threads.available]).sorted() {
      Threads.count = threads
      for item in try BenchmarkCase.all() where text.isEmpty || item.name.contains(text) {
        measurements.append(
          try item.measure(samples: 9, threads: threads, instructions: InstructionSet.selected.name))
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    print(String(decoding: try encoder.encode(measurements), as: UTF8.self))
  }
}
