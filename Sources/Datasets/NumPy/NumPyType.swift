/// An element type as NumPy writes it: `<f8`, `>i2`, `|b1`, `u1`.
struct NumPyType: Equatable {
  /// The number type.
  var kind: ElementKind
  /// Whether elements are stored highest byte first.
  var isBigEndian: Bool

  /// Reads a description such as `<f8`; nothing when it is not a boolean, integer or floating-point type of
  /// up to 64 bits.
  init?(_ description: some StringProtocol) {
    let order = description.first.flatMap { "<>|=".contains($0) ? $0 : nil }
    let code = description.dropFirst(order == nil ? 0 : 1)
    guard let kind = Self.kinds[String(code)] else { return nil }
    self.kind = kind
    isBigEndian = order == ">"
  }

  private static let kinds: [String: ElementKind] = [
    "b1": .bool, "?": .bool, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
    "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64,
    "f2": .float16, "f4": .float32, "f8": .float64,
  ]

  /// The number of bytes that an array takes, or nothing when that is beyond counting.
  func byteCount(of extents: [Int]) -> Int? {
    // A zero extent makes the product zero, but the other extents must be countable by themselves, as `Shape`
    // counts them.
    var count = kind.byteCount
    for extent in extents where extent != 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent > 0, !overflow else { return nil }
      count = product
    }
    return extents.contains(0) ? 0 : count
  }
}
