extension MNIST1D {
  /// What can be varied about the data set; the defaults are those of the published one.
  ///
  /// The names of the original generator stand in brackets; they also name the attributes in a written file.
  public struct Options: Sendable, Hashable {
    /// The number of sequences (`num_samples`), 10 to 10 000 000: a tenth of it, rounded down, for each
    /// digit.
    public var samples = 5000
    /// The share of the sequences that is for training (`train_split`), 0 to 1.
    public var trainFraction = 0.8
    /// The length that a template is taken to have when the dilated length is computed (`template_len`), 2 to
    /// 100 000.
    ///
    /// The dilated length is `templateLength + maximumPadding` samples.
    public var templateLength = 12
    /// The least number of zeros appended to a template (`padding[0]`), 0 to `maximumPadding`.
    public var minimumPadding = 36
    /// The greatest number of zeros appended to a template (`padding[1]`), up to 100 000.
    public var maximumPadding = 60
    /// How much the amplitude varies (`scale_coeff`): by a factor of `1 - c/2` to `1 + c/2`; finite.
    public var scaleCoefficient = 0.4
    /// A template moves right by fewer dilated samples than this (`max_translation`), 1 to 1 000 000.
    public var maximumTranslation = 48
    /// The deviation of the noise around the template before it is smoothed (`corr_noise_scale`), finite.
    public var correlatedNoise = 0.25
    /// The deviation of the noise added to every dilated sample (`iid_noise_scale`), finite.
    public var independentNoise = 0.02
    /// How much the sequence may be tilted (`shear_scale`), finite.
    public var shear = 0.75
    /// Whether the positions of all sequences are permuted, all alike (`shuffle_seq`).
    public var shufflesPositions = false
    /// The number of samples of a finished sequence (`final_seq_length`), 1 to 100 000.
    public var length = 40
    /// The seed of the random stream (`seed`).
    public var seed: UInt32 = 42

    /// Creates the options of the published data set.
    public init() {}

    /// The number of samples between dilation and the final resampling.
    var dilatedLength: Int { templateLength + maximumPadding }

    /// The most values that the finished sequences may have together.
    static let mostValues = 1 << 30

    /// Checks every option against its range.
    ///
    /// - Throws: `DatasetError.option` for the first that is outside.
    func validate() throws(DatasetError) {
      try require("samples", samples, in: 10...10_000_000)
      try require("template length", templateLength, in: 2...100_000)
      try require("maximum padding", maximumPadding, in: 0...100_000)
      try require("minimum padding", minimumPadding, in: 0...maximumPadding)
      try require("maximum translation", maximumTranslation, in: 1...1_000_000)
      try require("length", length, in: 1...100_000)
      try require("samples", samples, in: 10...(Self.mostValues / length))
      guard trainFraction >= 0, trainFraction <= 1 else {
        throw .option(name: "train fraction", expected: "a number from 0 to 1", found: "\(trainFraction)")
      }
      for (name, value) in [
        ("scale coefficient", scaleCoefficient), ("correlated noise", correlatedNoise),
        ("independent noise", independentNoise), ("shear", shear),
      ] where !(abs(value) <= 1e6) {
        throw .option(name: name, expected: "a number from -1e6 to 1e6", found: "\(value)")
      }
    }

    private func require(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(DatasetError) {
      guard range.contains(value) else {
        throw .option(
          name: name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
          found: "\(value)")
      }
    }
  }
}
