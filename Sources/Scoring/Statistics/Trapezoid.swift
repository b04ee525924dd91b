/// The area below a line through points, by the trapezoidal rule.
package enum Trapezoid {
  /// The area below values at places that are given.
  ///
  ///     area = sum over k of (x[k+1] - x[k]) (y[k] + y[k+1]) / 2
  ///
  /// - Note: Equal to `scipy.integrate.trapezoid`.
  /// - Parameters:
  ///   - values: The heights.
  ///   - places: Where they are, in ascending order; one unit apart when `nil`.
  /// - Returns: The area; zero for fewer than two points.
  package static func area(_ values: [Double], at places: [Double]? = nil) -> Double {
    precondition(places?.count ?? values.count == values.count, "every height has a place")
    return values.indices.dropFirst().reduce(0) { sum, index in
      let width = places.map { $0[index] - $0[index - 1] } ?? 1
      return sum + width * (values[index - 1] + values[index]) / 2
    }
  }
}
