import Foundation

/// How an integral over a path from 0 to 1 is taken as a weighted sum.
public enum PathRule: String, Sendable, CaseIterable {
  /// Nodes `k / n` for `k = 0 ... n - 1`, equal weights.
  case left
  /// Nodes `k / n` for `k = 1 ... n`, equal weights.
  case right
  /// Nodes `(k + 1/2) / n` for `k = 0 ... n - 1`, equal weights.
  case midpoint
  /// Nodes `k / n` for `k = 0 ... n`, weights `1 / n`, half of it at both ends; they sum to one.
  case trapezoid
  /// The `n` nodes and weights of Gauss and Legendre, exact for polynomials of degree `2 n - 1`.
  case gaussLegendre = "gauss-legendre"

  /// A point of the path and its weight.
  public struct Node: Sendable, Equatable {
    /// Where on the path: 0 is the baseline, 1 the input.
    public let position: Double
    /// Its weight in the sum; the weights of a rule sum to one.
    public let weight: Double
  }

  /// The nodes for a number of steps, from the baseline to the input.
  public func nodes(steps: Int) -> [Node] {
    let n = Double(steps)
    switch self {
    case .left: return (0..<steps).map { Node(position: Double($0) / n, weight: 1 / n) }
    case .right: return (1...steps).map { Node(position: Double($0) / n, weight: 1 / n) }
    case .midpoint: return (0..<steps).map { Node(position: (Double($0) + 0.5) / n, weight: 1 / n) }
    case .trapezoid:
      return (0...steps).map {
        Node(position: Double($0) / n, weight: ($0 == 0 || $0 == steps ? 0.5 : 1) / n)
      }
    case .gaussLegendre: return gaussLegendreNodes(steps)
    }
  }
}

/// The roots of the Legendre polynomial of degree `count`, by Newton's method, with their weights, moved from -1...1 to 0...1.
private func gaussLegendreNodes(_ count: Int) -> [PathRule.Node] {
  (1...count).map { index in
    // Ascending roots: the k-th largest is near cos(pi (k - 1/4) / (n + 1/2)).
    var x = -cos(Double.pi * (Double(index) - 0.25) / (Double(count) + 0.5))
    var derivative = 1.0
    for _ in 0..<100 {
      let (value, slope) = legendre(count, at: x)
      derivative = slope
      let step = value / slope
      x -= step
      if abs(step) < 1e-16 { break }
    }
    derivative = legendre(count, at: x).slope
    return PathRule.Node(position: (1 + x) / 2, weight: 1 / ((1 - x * x) * derivative * derivative))
  }
}

/// The Legendre polynomial of a degree and its derivative, by the three-term recurrence.
private func legendre(_ degree: Int, at x: Double) -> (value: Double, slope: Double) {
  var previous = 1.0
  var value = x
  for k in stride(from: 2.0, through: Double(degree), by: 1) {
    (previous, value) = (value, ((2 * k - 1) * x * value - (k - 1) * previous) / k)
  }
  return (value, Double(degree) * (x * value - previous) / (x * x - 1))
}
