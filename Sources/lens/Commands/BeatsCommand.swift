import ArgumentParser
import SignalLens

/// The command `lens dataset beats`.
struct BeatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "beats", abstract: "Generates synthetic heartbeats that differ in one wave.",
    discussion: """
      Sums of Gaussian waves with baseline wander and noise, in five classes: \
      \(BeatClass.allCases.map(\.name).joined(separator: ", ")). The file holds x, y, x_test, y_test, the time t and the usual beat of every \
      class, and as ground truth for localisation mask and extent: where a beat may differ from a normal one. For a normal beat the mask is \
      empty and the extent (0, 0). Nothing in it was measured.
      """)

  @Option(help: ArgumentHelp("The HDF5 file to write.", valueName: "file.h5"))
  var output: String

  @Option(help: ArgumentHelp("Number of beats of every class.", valueName: "n"))
  var count = Beats.Options().count

  @Option(help: ArgumentHelp("Seed of the random streams.", valueName: "n"))
  var seed = Beats.Options().seed

  @Option(help: ArgumentHelp("Share of the beats for training.", valueName: "share"))
  var trainSplit = Beats.Options().trainFraction

  @Option(help: ArgumentHelp("Samples per second; a beat has 0.88 seconds.", valueName: "hz"))
  var samplingRate = Beats.Options().samplingRate

  @Option(help: ArgumentHelp("Deviation of the noise of every sample in millivolts.", valueName: "mv"))
  var noise = Beats.Options().noise

  @Option(help: ArgumentHelp("Greatest amplitude of the baseline wander in millivolts.", valueName: "mv"))
  var wander = Beats.Options().wander

  func run() throws {
    var options = Beats.Options()
    options.count = count
    options.seed = seed
    options.trainFraction = trainSplit
    options.samplingRate = samplingRate
    options.noise = noise
    options.wander = wander
    let data = try Beats(options)
    try data.write(to: output)
    print(
      "\(data.train.x.rowCount) synthetic beats for training and \(data.test.x.rowCount) for testing: \(output)"
    )
  }
}
