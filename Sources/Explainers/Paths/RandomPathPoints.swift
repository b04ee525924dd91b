import TensorCore

/// Random points of straight paths from the items of a set to an input, each drawn from a stream of its own, so that any of them can be made
/// at any time.
struct RandomPathPoints: Sendable {
  /// The items that paths start from.
  let starts: [Tensor]
  private let input: Tensor
  private let deviation: Double
  private let seeds: [UInt32]

  /// Some points with what the input lies ahead of the starts of their paths.
  struct Batch: Sendable {
    /// The points, one item each.
    let tensor: Tensor
    /// For every point the end of its path minus the start, element by element.
    let differences: [[Double]]
  }

  /// Prepares points.
  ///
  /// - Parameters:
  ///   - input: Where paths end, one item.
  ///   - starts: Where they start, at least one item.
  ///   - count: The number of points.
  ///   - deviation: The standard deviation of the noise that is added to the end of every path.
  ///   - seed: The seed of the stream that the points' seeds come from.
  init(to input: Tensor, from starts: [Tensor], count: Int, deviation: Double, seed: UInt32) {
    self.input = input
    self.starts = starts
    self.deviation = deviation
    var random = NumPyLegacyRandom(seed: seed)
    seeds = (0..<count).map { _ in random.nextWord() }
  }

  /// A batch of points.
  subscript(range: Range<Int>) -> Batch {
    var points: [Float] = []
    points.reserveCapacity(range.count * input.count)
    let differences = seeds[range].map { seed in
      var random = NumPyLegacyRandom(seed: seed)
      let start = starts[random.integer(below: starts.count)].values
      let share = random.uniform()
      let difference = zip(input.values, start).map { end, start in
        Double(end) + (deviation > 0 ? deviation * random.standardNormal() : 0) - Double(start)
      }
      for (start, difference) in zip(start, difference) {
        points.append(Float(Double(start) + share * difference))
      }
      return difference
    }
    return Batch(tensor: Tensor(input.shape.with(batch: range.count), points), differences: differences)
  }
}
