import TensorCore

/// A division of the positions of an input into parts.
package struct Segments: Sendable, Equatable {
  /// The segment of every position, counted from zero in the order in which they first appear.
  package let labels: [Int]
  /// The number of segments.
  package let count: Int

  /// Takes labels of any kind and counts them.
  package init(labels: [Int]) {
    var numbers: [Int: Int] = [:]
    self.labels = labels.map { label in
      if let known = numbers[label] { return known }
      numbers[label] = numbers.count
      return numbers.count - 1
    }
    count = numbers.count
  }

  /// Every position for itself.
  static func positions(_ count: Int) -> Segments { Segments(labels: Array(0..<count)) }

  /// One value for every position from one value for every segment.
  func spread(_ values: [Double]) -> [Double] { labels.map { values[$0] } }

  /// The mean of every segment and channel, at all positions of the segment.
  ///
  /// - Parameter tensor: `[1, positions..., channels]`.
  /// - Returns: A tensor of the same shape.
  func means(of tensor: Tensor) -> Tensor {
    let channels = tensor.count / labels.count
    let values = tensor.values
    var sums = [Double](repeating: 0, count: count * channels)
    var sizes = [Double](repeating: 0, count: count)
    for (position, label) in labels.enumerated() {
      sizes[label] += 1
      for channel in 0..<channels {
        sums[label * channels + channel] += Double(values[position * channels + channel])
      }
    }
    return Tensor(
      tensor.shape,
      labels.flatMap { label in
        (0..<channels).map { Float(sums[label * channels + $0] / sizes[label]) }
      })
  }
}
