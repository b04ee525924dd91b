import Foundation

/// One wave of a heartbeat: a Gaussian bell that ends three deviations from its centre.
///
///     w(t) = A (exp(-u^2 / 2) - exp(-9/2)) / (1 - exp(-9/2))   for |u| < 3,  else 0
///     u = (t - centre) / deviation
///
/// The peak is `A`; what a bell has left at three deviations, 1.1 % of it, is taken off, so that the wave is continuous
/// and exactly zero outside. That gives every wave a place with a beginning and an end.
public struct BeatWave: Sendable, Hashable {
  /// The time of the peak in seconds after the R wave's usual time.
  public let center: Double
  /// The height of the peak in millivolts.
  public let amplitude: Double
  /// The deviation of the bell in seconds, above 0.
  public let deviation: Double

  /// How many deviations a wave reaches to both sides.
  public static let reach = 3.0

  /// Creates a wave.
  ///
  /// - Parameters:
  ///   - center: The time of the peak in seconds.
  ///   - amplitude: The height of the peak in millivolts.
  ///   - deviation: The deviation in seconds, above 0.
  public init(center: Double, amplitude: Double, deviation: Double) {
    self.center = center
    self.amplitude = amplitude
    self.deviation = deviation
  }

  /// The wave's voltage at a time.
  ///
  /// - Parameter time: Seconds, of the same origin as `center`.
  /// - Returns: Millivolts, 0 outside `interval`.
  public func value(at time: Double) -> Double {
    let distance = (time - center) / deviation
    guard abs(distance) < Self.reach else { return 0 }
    let rest = exp(-0.5 * Self.reach * Self.reach)
    return amplitude * (exp(-0.5 * distance * distance) - rest) / (1 - rest)
  }

  /// The times between which the wave differs from zero.
  var interval: ClosedRange<Double> {
    (center - Self.reach * deviation)...(center + Self.reach * deviation)
  }
}
