/// What metrics make of a map's signs before they use it.
public enum MapForm: String, Sendable, CaseIterable {
  /// Values as they are: what speaks against the class ranks lowest.
  case signed
  /// Absolute values: what speaks for or against ranks highest.
  case absolute
  /// Positive values; the others become zero.
  case positive

  /// The values in this form.
  func callAsFunction(_ values: [Double]) -> [Double] {
    switch self {
    case .signed: values
    case .absolute: values.map(abs)
    case .positive: values.map { max($0, 0) }
    }
  }
}

/// Positions from the largest value to the smallest, the lower index first among equals.
func ranking(_ values: [Double]) -> [Int] {
  values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
}
