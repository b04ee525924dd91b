extension Beats {
  /// What can be varied about the data set.
  public struct Options: Sendable, Hashable {
    /// The number of beats of every class, 1 to 1 000 000.
    public var count = 500
    /// The share of the beats that is for training, 0 to 1.
    public var trainFraction = 0.8
    /// Samples per second, 50 to 10 000 Hz.
    public var samplingRate = 250.0
    /// The deviation of the noise of every sample in millivolts, 0 to 1000.
    public var noise = 0.02
    /// The greatest amplitude of the baseline wander in millivolts, 0 to 1000.
    public var wander = 0.15
    /// The seed of the random streams.
    public var seed: UInt32 = 0

    /// Creates the standard options.
    public init() {}

    /// The first sample lies this many seconds before the R wave's usual time.
    static let lead = 0.36
    /// The length of a beat in seconds; no wave of any beat reaches beyond it.
    static let duration = 0.88
    /// The most values that all beats may have together.
    static let mostValues = 1 << 28

    /// The number of samples of a beat: 220 at 250 Hz.
    public var length: Int { Int((Self.duration * samplingRate).rounded()) }

    /// The times of the samples, in seconds after the R wave's usual time.
    var times: [Double] { (0..<length).map { Double($0) / samplingRate - Self.lead } }

    /// Checks every option against its range.
    ///
    /// - Throws: `DatasetError.option` for the first that is outside.
    func validate() throws(DatasetError) {
      try require("sampling rate", samplingRate, in: 50...10_000)
      try require("train fraction", trainFraction, in: 0...1)
      try require("noise", noise, in: 0...1000)
      try require("wander", wander, in: 0...1000)
      let most = min(1_000_000, Self.mostValues / (length * BeatClass.allCases.count))
      guard (1...most).contains(count) else {
        throw .option(name: "count", expected: "a whole number from 1 to \(most)", found: "\(count)")
      }
    }

    private func require(
      _ name: String, _ value: Double, in range: ClosedRange<Double>
    ) throws(DatasetError) {
      guard range.contains(value) else {
        throw .option(
          name: name, expected: "a number from \(range.lowerBound) to \(range.upperBound)", found: "\(value)")
      }
    }
  }
}
