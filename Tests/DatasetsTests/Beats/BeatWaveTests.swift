import Datasets
import Testing

@Suite struct BeatWaveTests {
  /// By hand for a height of 1: `(exp(-u^2/2) - 0.011108997) / 0.988891003` at `u` deviations, such as
  /// `(0.606530660 - 0.011108997) / 0.988891003 = 0.602110507` at one.
  static let bell: [(deviations: Double, height: Double)] = [
    (0, 1), (1, 0.6021105067090614), (-1, 0.6021105067090614), (2, 0.12562181905133943),
    (2.9, 0.0038546103842403345), (3, 0), (-3.5, 0),
  ]

  @Test(arguments: bell)
  func aBellEndsAtThreeDeviations(deviations: Double, height: Double) {
    let wave = BeatWave(center: 0.1, amplitude: -2.5, deviation: 0.25)
    #expect(abs(wave.value(at: 0.1 + 0.25 * deviations) + 2.5 * height) < 1e-12)
  }

  /// The usual beat by table 1 of McSharry et al., summed in Python: at the peaks of P, R, S and T, between S and T, and after T.
  static let usual: [(time: Double, kind: BeatClass, voltage: Double)] = [
    (-1.0 / 6, .normal, 0.25), (0, .normal, 0.990992853797814), (1.0 / 24, .normal, -0.22838284911475348),
    (0.1, .normal, 0.0207056129557462), (0.25, .normal, 0.4), (0.5, .normal, 0), (-1.0 / 6, .absentP, 0),
    (0.1, .wideQRS, -0.08381458506881939), (0.25, .invertedT, -0.4),
    (0.14583333333333334, .raisedST, 0.35156435825305965),
    (0.14583333333333334, .normal, 0.10156435825305965),
  ]

  @Test(arguments: usual)
  func aBeatIsTheSumOfItsWaves(time: Double, kind: BeatClass, voltage: Double) {
    #expect(abs(BeatShape.usual.value(at: time, as: kind) - voltage) < 1e-12)
  }

  @Test func wavesAreThoseOfTheTable() {
    // 1.2 * 0.25^2 / (30 * 0.1^2) = 0.25, -5/30, 1, -7.5/30, 0.75 * 0.4^2 / 0.3 = 0.4; b / (2 pi) in milliseconds.
    let heights = [0.25, -1.0 / 6, 1, -0.25, 0.4]
    let deviations = [39.788735, 15.915494, 15.915494, 15.915494, 63.661977]
    for (wave, (height, deviation)) in zip(BeatShape.usual.waves, zip(heights, deviations)) {
      #expect(abs(wave.amplitude - height) < 1e-12)
      #expect(abs(1000 * wave.deviation - deviation) < 1e-6)
    }
  }
}
