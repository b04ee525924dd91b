import ArgumentParser
import SignalLens

/// The command `lens dataset mnist1d`.
struct MNIST1DCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mnist1d", abstract: "Generates MNIST-1D: digits drawn as sequences, hidden in noise.",
    discussion: """
      With default options it equals the published data set of Greydanus and Kobak. The file holds x, y, x_test, y_test, t and \
      the templates, and as ground truth for localisation which positions of each sequence the template covers.
      """)

  @Option(help: ArgumentHelp("The HDF5 file to write.", valueName: "file.h5"))
  var output: String

  @Option(help: ArgumentHelp("Number of sequences.", valueName: "n"))
  var samples = MNIST1D.Options().samples

  @Option(help: ArgumentHelp("Seed of the random stream.", valueName: "n"))
  var seed = MNIST1D.Options().seed

  @Option(help: ArgumentHelp("Share of the sequences for training.", valueName: "share"))
  var trainSplit = MNIST1D.Options().trainFraction

  @Option(
    help: ArgumentHelp("Least and greatest number of zeros appended to a template.", valueName: "low,high"))
  var padding = "\(MNIST1D.Options().minimumPadding),\(MNIST1D.Options().maximumPadding)"

  @Option(help: ArgumentHelp("Variation of the amplitude.", valueName: "c"))
  var scale = MNIST1D.Options().scaleCoefficient

  @Option(help: ArgumentHelp("Range of the shift in samples before the final resampling.", valueName: "n"))
  var translation = MNIST1D.Options().maximumTranslation

  @Option(help: ArgumentHelp("Deviation of the noise added to every sample.", valueName: "s"))
  var noise = MNIST1D.Options().independentNoise

  @Option(help: ArgumentHelp("Deviation of the smooth noise around the template.", valueName: "s"))
  var correlatedNoise = MNIST1D.Options().correlatedNoise

  @Option(help: ArgumentHelp("Range of the tilt.", valueName: "c"))
  var shear = MNIST1D.Options().shear

  @Option(help: ArgumentHelp("Samples of a finished sequence.", valueName: "n"))
  var length = MNIST1D.Options().length

  @Flag(help: "Permute the positions of all sequences, all alike.")
  var shuffle = false

  func run() throws {
    var options = MNIST1D.Options()
    options.samples = samples
    options.seed = seed
    options.trainFraction = trainSplit
    (options.minimumPadding, options.maximumPadding) = try paddingRange()
    options.scaleCoefficient = scale
    options.maximumTranslation = translation
    options.independentNoise = noise
    options.correlatedNoise = correlatedNoise
    options.shear = shear
    options.length = length
    options.shufflesPositions = shuffle
    let data = try MNIST1D(options)
    try data.write(to: output)
    print(
      "\(data.train.x.rowCount) sequences for training and \(data.test.x.rowCount) for testing: \(output)")
  }

  private func paddingRange() throws -> (Int, Int) {
    let parts = padding.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let low = parts[0], let high = parts[1] else {
      throw ValidationError("--padding should be two whole numbers such as 36,60, not '\(padding)'")
    }
    return (low, high)
  }
}
