import Foundation
import TensorCore

/// Resizing of one line in 64 bits.
enum NaiveResampling {
  /// The values of a line at `count` places.
  static func resize(_ line: [Double], to count: Int, by interpolation: Interpolation) -> [Double] {
    let length = line.count
    guard count != length else { return line }
    return (0..<count).map { index in
      let center = (Double(index) + 0.5) * Double(length) / Double(count)
      switch interpolation {
      case .nearest: return line[min(Int(center), length - 1)]
      case .linear:
        // The tent functions of all cells, with the end cells repeated outwards.
        return (-1...length).reduce(0) { sum, cell in
          sum + line[min(max(cell, 0), length - 1)] * max(0, 1 - abs(center - 0.5 - Double(cell)))
        }
      case .cubicSpline:
        let place = count > 1 ? Double(index) * Double(length - 1) / Double(count - 1) : 0
        let coefficients = splineCoefficients(of: line)
        return (-2..<(length + 2)).reduce(0) { sum, cell in
          sum + coefficients[mirrored(cell, length)] * cubicSpline(place - Double(cell))
        }
      }
    }
  }

  /// The cubic B-spline centred at zero: 4/6 there, 1/6 at distance one, 0 from distance two on.
  private static func cubicSpline(_ x: Double) -> Double {
    let distance = abs(x)
    if distance < 1 { return (4 - 6 * distance * distance + 3 * distance * distance * distance) / 6 }
    return distance < 2 ? pow(2 - distance, 3) / 6 : 0
  }

  /// Solves `sum over j of c[mirrored(j)] * spline(i - j) = line[i]` by Gaussian elimination.
  private static func splineCoefficients(of line: [Double]) -> [Double] {
    let count = line.count
    var rows = line.indices.map { i -> [Double] in
      var row = [Double](repeating: 0, count: count) + [line[i]]
      for j in (i - 1)...(i + 1) { row[mirrored(j, count)] += cubicSpline(Double(i - j)) }
      return row
    }
    for pivot in 0..<count {
      rows[pivot] = rows[pivot].map { $0 / rows[pivot][pivot] }
      for other in 0..<count where other != pivot {
        let factor = rows[other][pivot]
        rows[other] = zip(rows[other], rows[pivot]).map { $0 - factor * $1 }
      }
    }
    return rows.map { $0[count] }
  }

  /// Mirrors at the centres of the end cells until inside.
  private static func mirrored(_ cell: Int, _ length: Int) -> Int {
    guard length > 1 else { return 0 }
    var cell = cell
    while cell < 0 || cell >= length { cell = cell < 0 ? -cell : 2 * (length - 1) - cell }
    return cell
  }

  /// A Gaussian of one line; the borders are mirrored at the outer edges of the end cells.
  static func blur(_ line: [Double], sigma: Double) -> [Double] {
    let radius = Int(4 * sigma + 0.5)
    let weights = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    return line.indices.map { center in
      var sum = 0.0
      for (offset, weight) in zip(-radius...radius, weights) {
        var cell = center + offset
        while cell < 0 || cell >= line.count { cell = cell < 0 ? -cell - 1 : 2 * line.count - 1 - cell }
        sum += weight * line[cell]
      }
      return sum / weights.reduce(0, +)
    }
  }

  /// Applies a function to all lines of `[batch, spatial..., channels]` along one spatial axis, cell by cell.
  static func lines(
    of values: [Double], _ extents: [Int], along axis: Int, to length: Int, _ function: ([Double]) -> [Double]
  ) -> [Double] {
    let inner = extents[(axis + 1)...].reduce(1, *)
    let outer = extents[..<axis].reduce(1, *)
    var result = [Double](repeating: .nan, count: outer * length * inner)
    for block in 0..<outer {
      for lane in 0..<inner {
        let line = (0..<extents[axis]).map { values[(block * extents[axis] + $0) * inner + lane] }
        for (index, value) in function(line).enumerated() {
          result[(block * length + index) * inner + lane] = value
        }
      }
    }
    return result
  }
}
