import Foundation
import TensorCore

/// Synthetic heartbeats of five classes of which four differ from the normal one in one wave, whose place is known.
///
/// A beat is a sum of bells, one for each of the waves P, Q, R, S and T (`BeatShape`), with baseline wander and noise:
///
///     x(t) = sum of waves(t) + W sin(2 pi f t + phase) + noise,   t = i / samplingRate - 0.36 s
///     W of 0 to `wander`,  f of 0.15 to 0.3 Hz,  phase of 0 to 2 pi,  noise of the normal distribution
///
/// The same options give the same data on every run, for any number of threads: every beat has a random stream of its own. Values may
/// differ in the last bit between machines whose mathematics libraries do.
///
/// Nothing here was measured on anybody. The data are for trying and testing methods: which samples make a beat one of its class is known exactly.
public struct Beats: Sendable {
  /// The options it was made with.
  public let options: Options
  /// The beats for training.
  public let train: Split
  /// The beats for testing.
  public let test: Split
  /// The time of each sample, `[length]`, in seconds after the R wave's usual time.
  public let t: NumericArray
  /// The usual beat of every class without variation, wander and noise, `[5, length]`, in millivolts.
  public let templates: NumericArray

  /// Generates the data set.
  ///
  /// Cost: some tens of microseconds a beat at the standard sampling rate.
  ///
  /// - Parameter options: What to vary.
  /// - Throws: `DatasetError.option` when an option is outside its range.
  public init(_ options: Options = Options()) throws(DatasetError) {
    try options.validate()
    let classes = BeatClass.allCases
    var made: [Beat] = []
    Threads.stream(
      options.count * classes.count, { Beat(classes[$0 / options.count], item: $0, options) },
      into: { made.append($0) })
    // A stream of its own, that of no beat, decides on the order.
    var random = NumPyLegacyRandom(seed: options.seed, item: -1)
    let shuffled = random.permutation(made.count).map { made[$0] }
    let trainCount = Int(Double(made.count) * options.trainFraction)
    self.options = options
    train = Split(shuffled[..<trainCount], options)
    test = Split(shuffled[trainCount...], options)
    let times = options.times
    t = NumericArray([times.count], times)
    templates = NumericArray(
      [classes.count, times.count],
      classes.flatMap { kind in times.map { BeatShape.usual.value(at: $0, as: kind) } })
  }
}

extension Beats {
  /// One beat as it is measured.
  package struct Beat: Sendable {
    /// The voltages in millivolts.
    package let values: [Double]
    /// One per sample: 1 where the class may differ from the normal beat.
    package let mask: [UInt8]
    /// The class.
    package let kind: BeatClass

    /// Makes a beat of a class; two beats of one item and different classes are twins but for the wave that makes the class.
    package init(_ kind: BeatClass, item: Int, _ options: Options) {
      var random = NumPyLegacyRandom(seed: options.seed, item: item)
      let shape = BeatShape(drawnFrom: &random)
      let height = options.wander * random.uniform()
      let frequency = random.uniform(0.15, 0.3)
      let phase = random.uniform(0, 2 * Double.pi)
      let waves = shape.waves(as: kind)
      let times = options.times
      values = times.map { time in
        let wander = height * sin(2 * Double.pi * frequency * time + phase)
        let noise = options.noise * random.standardNormal()
        return waves.reduce(0) { $0 + $1.value(at: time) } + wander + noise
      }
      let changed = shape.changed(by: kind)
      mask = times.map { time in
        changed.map { $0.lowerBound < time && time < $0.upperBound } ?? false ? 1 : 0
      }
      self.kind = kind
    }
  }
}
