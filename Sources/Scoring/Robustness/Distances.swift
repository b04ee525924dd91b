/// The Euclidean distance of two points.
func euclideanDistance(_ first: [Double], _ second: [Double]) -> Double {
  let scale = zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) }
  guard scale > 0, scale.isFinite else { return scale }
  return scale
    * zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) / scale * (($1.0 - $1.1) / scale) }.squareRoot()
}

extension [Double] {
  /// The values divided by the largest absolute value; zeros stay.
  var normalisedByMagnitude: [Double] {
    let largest = reduce(0) { Swift.max($0, abs($1)) }
    return largest > 0 ? map { $0 / largest } : self
  }

  /// Whether all values are equal.
  var isConstant: Bool { allSatisfy { $0 == self[0] } }
}
