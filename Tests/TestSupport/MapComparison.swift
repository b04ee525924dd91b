import HDF5Files
import TensorCore

/// How far maps are from the right ones, each error as a share of the largest right value.
package struct MapComparison: CustomStringConvertible {
  /// One error per map, ascending.
  package private(set) var errors: [Double] = []

  package init() {}

  /// Compares one map.
  package mutating func add(_ found: [Float], _ expected: [Float]) {
    precondition(
      found.count == expected.count, "\(found.count) values cannot be compared with \(expected.count)")
    let largest = expected.reduce(0) { max($0, abs(Double($1))) }
    let error = zip(found, expected).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) }
    errors.append(largest > 0 ? error / largest : error)
    errors.sort()
  }

  /// The largest error.
  package var worst: Double { errors.last ?? .infinity }

  /// The number of maps with a larger error.
  package func count(above bound: Double) -> Int { errors.filter { $0 > bound }.count }

  /// The error that a share of the maps does not exceed.
  package func quantile(_ share: Double) -> Double {
    errors.isEmpty ? .infinity : errors[min(Int(share * Double(errors.count)), errors.count - 1)]
  }

  /// The distribution in one line.
  package var description: String {
    "\(errors.count) maps: median \(quantile(0.5)), 99 % \(quantile(0.99)), worst \(worst), "
      + "\(count(above: 1e-4)) above 1e-4, \(count(above: 1e-3)) above 1e-3"
  }
}
