import TensorCore

/// How one heart beats: the waves of a beat before its class changes one of them.
///
/// The usual waves are those of McSharry's model. With its angles `theta` and widths `b` in radians at one beat a second, and
/// heights `a b^2` in units of the R wave's, which is one millivolt:
///
///     wave   theta    a      b       time      deviation   height
///     P      -pi/3    1.2    0.25    -1/6 s    39.8 ms      0.25 mV
///     Q      -pi/12  -5      0.1     -1/24 s   15.9 ms     -0.1667 mV
///     R       0       30     0.1      0        15.9 ms      1 mV
///     S       pi/12  -7.5    0.1      1/24 s   15.9 ms     -0.25 mV
///     T       pi/2    0.75   0.4      1/4 s    63.7 ms      0.4 mV
///
/// Every beat varies: all of it comes up to 20 ms early or late, P and T are up to 8 % nearer to R or farther from it, and
/// every wave is up to 20 % higher or lower, up to 10 % wider or narrower and up to 6 ms early or late.
///
/// Source: P. E. McSharry, G. D. Clifford, L. Tarassenko and L. A. Smith, *A dynamical model for generating synthetic
/// electrocardiogram signals*, IEEE Transactions on Biomedical Engineering 50 (2003), table 1. There the waves drive a differential
/// equation; here they are summed, as its solution without relaxation is.
public struct BeatShape: Sendable, Hashable {
  /// The waves P, Q, R, S and T of the normal beat.
  public let waves: [BeatWave]
  /// The wave between S and T that raises the ST segment: halfway between their peaks, 35 ms of deviation, 0.25 mV.
  public let raise: BeatWave

  /// How much the waves of a wide QRS complex are wider and farther from its middle.
  public static let widening = 1.6

  /// The waves of table 1: angle over pi, `a`, `b`.
  private static let table: [(angle: Double, a: Double, b: Double)] = [
    (-1.0 / 3, 1.2, 0.25), (-1.0 / 12, -5, 0.1), (0, 30, 0.1), (1.0 / 12, -7.5, 0.1), (0.5, 0.75, 0.4),
  ]

  /// The usual waves without any variation.
  public static let usual = BeatShape(
    delay: 0, stretch: 1, waveFactors: table.map { _ in (1, 1, 0) }, raise: 1)

  /// Draws the variation of one beat: 18 numbers of the stream, whatever the class will be.
  init(drawnFrom random: inout NumPyLegacyRandom) {
    let delay = random.uniform(-0.02, 0.02)
    let stretch = random.uniform(0.92, 1.08)
    var factors: [(height: Double, width: Double, delay: Double)] = []
    for _ in Self.table {
      factors.append(
        (random.uniform(0.8, 1.2), random.uniform(0.9, 1.1), random.uniform(-0.006, 0.006)))
    }
    self.init(delay: delay, stretch: stretch, waveFactors: factors, raise: random.uniform(0.8, 1.2))
  }

  private init(
    delay: Double, stretch: Double, waveFactors: [(height: Double, width: Double, delay: Double)],
    raise: Double
  ) {
    let reference = Self.table[2].a * Self.table[2].b * Self.table[2].b
    waves = zip(Self.table, waveFactors).map { wave, factor in
      // Angles become times at 2 pi radians a second; the QRS complex does not stretch with the rate.
      let time = wave.angle / 2 * (abs(wave.angle) > 0.1 ? stretch : 1)
      return BeatWave(
        center: delay + time + factor.delay, amplitude: factor.height * wave.a * wave.b * wave.b / reference,
        deviation: factor.width * wave.b / (2 * Double.pi))
    }
    self.raise = BeatWave(
      center: (waves[3].center + waves[4].center) / 2, amplitude: 0.25 * raise, deviation: 0.035)
  }

  /// The waves of the beat as one of a class: P, Q, R, S, the raise of the ST segment and T.
  ///
  /// A wave that the class does not have is there with amplitude 0.
  ///
  /// - Parameter kind: The class.
  /// - Returns: Six waves whose sum is the beat.
  public func waves(as kind: BeatClass) -> [BeatWave] {
    var waves = self.waves
    switch kind {
    case .absentP: waves[0] = waves[0].scaled(by: 0)
    case .wideQRS:
      let middle = waves[2].center
      for index in 1...3 { waves[index] = waves[index].widened(by: Self.widening, around: middle) }
    case .invertedT: waves[4] = waves[4].scaled(by: -1)
    case .normal, .raisedST: break
    }
    waves.insert(kind == .raisedST ? raise : raise.scaled(by: 0), at: 4)
    return waves
  }

  /// The voltage of the beat as one of a class, without baseline wander and noise.
  ///
  ///     v(t) = sum of the waves at t
  ///
  /// - Parameters:
  ///   - time: Seconds after the R wave's usual time.
  ///   - kind: The class.
  /// - Returns: Millivolts.
  public func value(at time: Double, as kind: BeatClass) -> Double {
    waves(as: kind).reduce(0) { $0 + $1.value(at: time) }
  }

  /// The times between which a class differs from the normal beat; nothing for the normal one.
  ///
  /// It reaches over the wave as it is and as it would be in the normal beat.
  ///
  /// - Parameter kind: The class.
  /// - Returns: Seconds; both ends belong to neither wave any more.
  public func changed(by kind: BeatClass) -> ClosedRange<Double>? {
    switch kind {
    case .normal: return nil
    case .absentP: return waves[0].interval
    case .invertedT: return waves[4].interval
    case .raisedST: return raise.interval
    case .wideQRS:
      let all = (waves[1...3] + self.waves(as: kind)[1...3]).map(\.interval)
      let first = all.map(\.lowerBound).reduce(.infinity, min)
      return first...all.map(\.upperBound).reduce(-.infinity, max)
    }
  }
}

extension BeatWave {
  /// The wave with another height.
  fileprivate func scaled(by factor: Double) -> BeatWave {
    BeatWave(center: center, amplitude: factor * amplitude, deviation: deviation)
  }

  /// The wave wider, and farther from a time.
  fileprivate func widened(by factor: Double, around middle: Double) -> BeatWave {
    BeatWave(
      center: middle + factor * (center - middle), amplitude: amplitude, deviation: factor * deviation)
  }
}
