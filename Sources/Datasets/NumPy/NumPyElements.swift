import TensorCore

/// The stored elements of a NumPy array: their type, extents and order.
struct NumPyElements {
  /// The element type.
  let type: NumPyType
  /// The extents, outermost axis first.
  let extents: [Int]
  /// Whether the first axis runs fastest.
  let isFortranOrder: Bool

  /// Checks that a number of stored bytes is exactly what the extents need.
  ///
  /// - Throws: `DatasetError.array` when it is not, or when the extents are beyond counting.
  func check(byteCount: Int, at location: ArrayLocation) throws(DatasetError) {
    guard let expected = type.byteCount(of: extents), expected <= ArrayFile.mostBytes else {
      throw .array(.tooLarge(extents: extents), at: location)
    }
    guard byteCount == expected else {
      throw .array(
        .byteCount(extents: extents, kind: type.kind, expected: expected, found: byteCount), at: location)
    }
  }

  /// The array of these elements, in row-major order and in the byte order of the machine.
  ///
  /// - Throws: As `check(byteCount:at:)` does.
  func array(of stored: ArraySlice<UInt8>, at location: ArrayLocation) throws(DatasetError) -> NumericArray {
    try check(byteCount: stored.count, at: location)
    var bytes = Array(stored)
    if type.isBigEndian != machineIsBigEndian { reverseElements(of: &bytes) }
    if isFortranOrder, extents.count > 1 { bytes = rowMajor(bytes) }
    return NumericArray(Shape(extents), type.kind, bytes)
  }

  private var machineIsBigEndian: Bool { 1.bigEndian == 1 }

  private func reverseElements(of bytes: inout [UInt8]) {
    let size = type.kind.byteCount
    guard size > 1 else { return }
    for start in stride(from: 0, to: bytes.count, by: size) {
      for offset in 0..<(size / 2) { bytes.swapAt(start + offset, start + size - 1 - offset) }
    }
  }

  /// Moves elements from first-axis-fastest to last-axis-fastest order.
  private func rowMajor(_ bytes: [UInt8]) -> [UInt8] {
    let size = type.kind.byteCount
    var strides = [size]
    for extent in extents.dropLast() { strides.append(strides[strides.count - 1] * extent) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = [Int](repeating: 0, count: extents.count)
    var source = 0
    while result.count < bytes.count {
      result += bytes[source..<(source + size)]
      for axis in extents.indices.reversed() {
        position[axis] += 1
        source += strides[axis]
        if position[axis] < extents[axis] { break }
        source -= extents[axis] * strides[axis]
        position[axis] = 0
      }
    }
    return result
  }
}
