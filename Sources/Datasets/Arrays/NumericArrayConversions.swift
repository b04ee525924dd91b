import TensorCore

extension NumericArray {
  /// The elements as 64-bit floating-point numbers, in row-major order.
  ///
  /// Exact for every kind but 64-bit integers beyond 2^53, which are rounded to the nearest.
  public func doubles() -> [Double] {
    converted(signed: { Double($0) }, unsigned: { Double($0) }, real: { $0 })
  }

  /// The elements as 32-bit floating-point numbers, each rounded to the nearest, in row-major order.
  public func floats() -> [Float] {
    converted(signed: { Float($0) }, unsigned: { Float($0) }, real: { Float($0) })
  }

  /// The elements as integers in row-major order, or nothing when one of them has a fraction or does not fit.
  public func integers() -> [Int]? {
    let elements = converted(
      signed: { Int(exactly: $0) }, unsigned: { Int(exactly: $0) }, real: { Int(exactly: $0) })
    let integers = elements.compactMap { $0 }
    return integers.count == elements.count ? integers : nil
  }

  /// The elements as a tensor of the same shape, each rounded to 32 bits.
  public func tensor() -> Tensor { Tensor(shape, floats()) }

  /// Applies to each element the conversion for its sort of number; every kind widens exactly to one of the
  /// three.
  private func converted<Result>(
    signed: (Int64) -> Result, unsigned: (UInt64) -> Result, real: (Double) -> Result
  ) -> [Result] {
    switch kind {
    case .bool: elements(UInt8.self) { signed($0 == 0 ? 0 : 1) }
    case .int8: elements(Int8.self) { signed(Int64($0)) }
    case .int16: elements(Int16.self) { signed(Int64($0)) }
    case .int32: elements(Int32.self) { signed(Int64($0)) }
    case .int64: elements(Int64.self, signed)
    case .uint8: elements(UInt8.self) { signed(Int64($0)) }
    case .uint16: elements(UInt16.self) { signed(Int64($0)) }
    case .uint32: elements(UInt32.self) { signed(Int64($0)) }
    case .uint64: elements(UInt64.self, unsigned)
    case .float16: elements(Float16.self) { real(Double($0)) }
    case .float32: elements(Float.self) { real(Double($0)) }
    case .float64: elements(Double.self, real)
    }
  }

  private func elements<Element: BitwiseCopyable, Result>(
    _ type: Element.Type, _ convert: (Element) -> Result
  ) -> [Result] {
    bytes.withUnsafeBytes { raw in
      (0..<count).map { index in
        convert(raw.loadUnaligned(fromByteOffset: index * MemoryLayout<Element>.size, as: Element.self))
      }
    }
  }
}
