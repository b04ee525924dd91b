extension MNIST1D {
  /// One sequence with its digit and the place of the template in it.
  package struct Sequence: Sendable {
    /// The samples.
    package var values: [Double]
    /// One per sample: 1 where it depends on the template, 0 where it is noise and tilt alone.
    package var mask: [UInt8]
    /// The digit.
    package let label: Int

    /// The sequence with position `order[i]` moved to position `i`.
    func reordered(by order: [Int]) -> Sequence {
      Sequence(values: order.map { values[$0] }, mask: order.map { mask[$0] }, label: label)
    }

    /// The sequence with a mean taken off and divided by a deviation.
    func standardized(mean: Double, deviation: Double) -> Sequence {
      Sequence(values: values.map { ($0 - mean) / deviation }, mask: mask, label: label)
    }
  }
}
