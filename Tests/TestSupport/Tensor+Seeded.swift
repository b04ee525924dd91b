import TensorCore

extension Tensor {
  /// A tensor of uniform random numbers between two bounds.
  package init(_ shape: Shape, seed: UInt32, from low: Double = -1, to high: Double = 1) {
    var random = NumPyLegacyRandom(seed: seed)
    self.init(shape, (0..<shape.count).map { _ in Float(low + (high - low) * random.uniform()) })
  }

  /// The largest difference of an element to that of another tensor, as a share of the other's largest element.
  package func distance(to other: Tensor) -> Double {
    var comparison = MapComparison()
    comparison.add(values, other.values)
    return comparison.worst
  }

  /// The same elements with axes of extent one put in front of the spatial axes.
  package func embedded(_ axes: Int) -> Tensor {
    let ones = Array(repeating: 1, count: axes)
    return reshaped(to: Shape(batch: shape.batch, spatial: ones + shape.spatial, channels: shape.channels))
  }

  /// The elements bit by bit, for comparisons in which a signed zero counts.
  package var bits: [UInt32] { values.map(\.bitPattern) }
}
