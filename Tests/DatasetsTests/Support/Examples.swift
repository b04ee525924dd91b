import Datasets

/// The arrays that the fixture script writes, kind by kind: 2 rows of 3, among the values the least and the
/// greatest.
enum Examples {
  static func array(_ kind: ElementKind) -> NumericArray {
    switch kind {
    case .bool: NumericArray([2, 3], .bool, [1, 0, 0, 1, 1, 0])
    case .int8: NumericArray([2, 3], [Int8.min, .max, 1, 2, 3, 4])
    case .int16: NumericArray([2, 3], [Int16.min, .max, 1, 2, 3, 4])
    case .int32: NumericArray([2, 3], [Int32.min, .max, 1, 2, 3, 4])
    case .int64: NumericArray([2, 3], [Int64.min, .max, 1, 2, 3, 4])
    case .uint8: NumericArray([2, 3], [UInt8.min, .max, 1, 2, 3, 4])
    case .uint16: NumericArray([2, 3], [UInt16.min, .max, 1, 2, 3, 4])
    case .uint32: NumericArray([2, 3], [UInt32.min, .max, 1, 2, 3, 4])
    case .uint64: NumericArray([2, 3], [UInt64.min, .max, 1, 2, 3, 4])
    case .float16: NumericArray([2, 3], floats(Float16.self))
    case .float32: NumericArray([2, 3], floats(Float.self))
    case .float64: NumericArray([2, 3], floats(Double.self))
    }
  }

  private static func floats<Number: BinaryFloatingPoint>(_ type: Number.Type) -> [Number] {
    let greatest = Number.greatestFiniteMagnitude
    return [0.5, -1.25, greatest, -greatest, .leastNonzeroMagnitude, 3]
  }
}
