import TensorCore

/// The MNIST-1D data set: digits drawn as one-dimensional sequences, hidden at random places in noise.
///
/// With default options it equals the published data set: 5000 sequences of 40 samples, labels and order
/// exactly, values to the last bit where the published file was computed with a correctly rounded logarithm,
/// else within 1e-15. The same options give the same data on every run.
///
/// The true place of the template in every sequence comes with it, as ground truth for the localisation of
/// explanations.
///
/// Source: S. Greydanus and D. Kobak, *Scaling Down Deep Learning with MNIST-1D*, ICML 2024; order of
/// operations after the authors' generator.
public struct MNIST1D: Sendable {
  /// The options it was made with.
  public let options: Options
  /// The sequences for training.
  public let train: Split
  /// The sequences for testing.
  public let test: Split
  /// The time of each sample, `[length]`, in the units of the standardised data.
  public let t: NumericArray
  /// The curves that the sequences were made from.
  public let templates: Templates

  /// Generates the data set.
  ///
  /// Cost: a few tenths of a second for 5000 sequences in an optimised build.
  ///
  /// - Parameter options: The published data set by default.
  /// - Throws: `DatasetError.option` when an option is outside its range.
  public init(_ options: Options = Options()) throws(DatasetError) {
    try options.validate()
    var random = NumPyLegacyRandom(seed: options.seed)
    var made = Self.sequences(options, &random)
    made = random.permutation(made.count).map { made[$0] }
    if options.shufflesPositions {
      let order = random.permutation(options.length)
      made = made.map { $0.reordered(by: order) }
    }
    let (mean, deviation) = Self.moments(of: made, options)
    made = made.map { $0.standardized(mean: mean, deviation: deviation) }

    let time = NumPyArithmetic.resample(Templates.abscissa, to: options.dilatedLength)
    let trainCount = Int(Double(made.count) * options.trainFraction)
    self.options = options
    t = NumericArray(
      [options.length], NumPyArithmetic.resample(time, to: options.length).map { $0 / deviation })
    templates = Templates()
    train = Split(made[..<trainCount], options)
    test = Split(made[trainCount...], options)
  }

  /// All sequences digit by digit, as they come from the stream.
  package static func sequences(_ options: Options, _ random: inout NumPyLegacyRandom) -> [Sequence] {
    let recipe = Sequences(options)
    return Templates.curves.indices.flatMap { label in
      (0..<(options.samples / Templates.curves.count)).map { _ in recipe.sequence(of: label, &random) }
    }
  }

  /// The mean and the deviation of all values; a deviation of 0, which leaves nothing to divide, counts as 1.
  ///
  /// The original indexes shuffled positions in a way that leaves the values position by position in memory,
  /// and sums them in that order.
  package static func moments(
    of made: [Sequence], _ options: Options
  ) -> (mean: Double, deviation: Double) {
    let values =
      options.shufflesPositions
      ? (0..<options.length).flatMap { position in made.map { $0.values[position] } }
      : made.flatMap(\.values)
    let deviation = NumPyArithmetic.deviation(values)
    return (NumPyArithmetic.mean(values), deviation == 0 ? 1 : deviation)
  }
}
