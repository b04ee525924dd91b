import TensorCore

/// The numbers of a pickled list, gathered one by one.
struct PickledNumbers {
  private var reals: [Double] = []
  private var integers: [Int64] = []
  private var areTruths = true
  private var areIntegers = true

  /// Appends a number; tells whether the value was one.
  mutating func append(_ value: PickleValue) -> Bool {
    switch value {
    case .truth(let truth):
      integers.append(truth ? 1 : 0)
      reals.append(truth ? 1 : 0)
    case .integer(let integer):
      integers.append(Int64(integer))
      reals.append(Double(integer))
      areTruths = false
    case .real(let real):
      integers.append(0)
      reals.append(real)
      areTruths = false
      areIntegers = false
    default: return false
    }
    return true
  }

  /// Appends a NumPy scalar.
  mutating func append(_ scalar: NumericArray) {
    if !scalar.kind.isFloatingPoint, let integer = scalar.integers()?.first {
      _ = append(scalar.kind == .bool ? .truth(integer != 0) : .integer(integer))
    } else if let real = scalar.doubles().first {
      _ = append(.real(real))
    }
  }

  /// The numbers as an array: bool, int64 or float64, whichever holds them all.
  func array(of extents: [Int]) -> NumericArray {
    let shape = Shape(extents)
    if reals.isEmpty || !areIntegers { return NumericArray(shape, reals) }
    if areTruths { return NumericArray(shape, .bool, integers.map { UInt8($0) }) }
    return NumericArray(shape, integers)
  }
}
