import ArgumentParser
import Foundation
import SignalLens

/// Times the training of two networks on random items and prints the results as JSON.
struct TrainingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Times the training of two networks and prints the results as JSON.")

  @Argument(help: "Only the cases whose names contain this text: train-mnist1d, train-vgg7.")
  var text = ""

  @Option(help: "The number of epochs, of which the first is not timed.")
  var epochs = 4

  @Option(help: "The largest number of threads.")
  var threads = Threads.available

  /// How long training took.
  private struct Result: Codable {
    let name: String
    let instructions: String
    let threads: Int
    let secondsPerEpochFastest: Double
    let secondsPerEpochMedian: Double
    /// Of the median.
    let itemsPerSecond: Double
  }

  func validate() throws {
    guard epochs >= 2, threads >= 1 else {
      throw ValidationError("at least two epochs and one thread are needed")
    }
  }

  func run() throws {
    Threads.count = threads
    var results: [Result] = []
    for item in TrainingCase.all where text.isEmpty || item.name.contains(text) {
      let seconds = try item.secondsPerEpoch(epochs: epochs).dropFirst().sorted()
      let median = seconds[seconds.count / 2]
      results.append(
        Result(
          name: item.name, instructions: InstructionSet.selected.name, threads: threads,
          secondsPerEpochFastest: seconds[0], secondsPerEpochMedian: median,
          itemsPerSecond: Double(item.items) / median))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    print(String(decoding: try encoder.encode(results), as: UTF8.self))
  }
}
