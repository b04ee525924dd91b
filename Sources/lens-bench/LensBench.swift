import Foundation
import TensorCore

/// Times the kernels and prints the results as JSON.
///
/// `lens-bench [TEXT]` runs the cases whose names contain the text; `LENS_ISA` chooses the instruction set.
@main enum LensBench {
  static func main() throws {
    let wanted = CommandLine.arguments.dropFirst().first ?? ""
    var measurements: [Measurement] = []
    for threads in Set([1, Threads.available]).sorted() {
      Threads.count = threads
      for item in try BenchmarkCase.all() where wanted.isEmpty || item.name.contains(wanted) {
        measurements.append(
          try item.measure(samples: 9, threads: threads, instructions: InstructionSet.selected.name))
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    print(String(decoding: try encoder.encode(measurements), as: UTF8.self))
  }
}
