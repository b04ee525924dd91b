import Foundation

/// Smoothing of a sequence by a Gaussian of deviation 2 samples, as `scipy.ndimage.gaussian_filter(values,
/// 2)` does it.
///
///     w[k] = exp(-k^2 / 8) / sum of all,  |k| <= 8
///
/// Beyond its ends the sequence is mirrored with the end sample repeated: `d c b a | a b c d | d c b a`.
package struct GaussianSmoothing: Sendable {
  /// The weights of the centre and of the samples at distances 1 to 8.
  package let weights: [Double]

  package init() {
    let bell = (-8...8).map { exp(-0.125 * Double($0 * $0)) }
    let total = bell.withUnsafeBufferPointer { NumPyArithmetic.sum($0) }
    weights = bell[8...].map { $0 / total }
  }

  /// The smoothed sequence; sums run from the centre weight over the outermost pair inwards.
  package func callAsFunction(_ values: [Double]) -> [Double] {
    let radius = weights.count - 1
    let extended = mirrored(values, by: radius)
    return values.indices.map { index in
      let center = index + radius
      var sum = extended[center] * weights[0]
      var distance = radius
      while distance > 0 {
        sum += (extended[center - distance] + extended[center + distance]) * weights[distance]
        distance -= 1
      }
      return sum
    }
  }

  /// The values with `radius` mirrored ones before and after them.
  private func mirrored(_ values: [Double], by radius: Int) -> [Double] {
    let period = 2 * values.count
    return (-radius..<(values.count + radius)).map { index in
      let folded = ((index % period) + period) % period
      return values[min(folded, period - 1 - folded)]
    }
  }
}
