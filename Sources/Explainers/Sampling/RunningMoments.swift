/// The mean and the variance of samples that come one after the other, element by element, by Welford's recurrence.
struct RunningMoments {
  private(set) var count = 0
  /// The mean of the samples so far.
  private(set) var mean: [Double]
  private var squares: [Double]

  /// Starts without samples.
  ///
  /// - Parameter elements: The elements of a sample.
  init(count elements: Int) {
    mean = Array(repeating: 0, count: elements)
    squares = mean
  }

  /// Takes one sample more.
  mutating func add(_ sample: [Double]) {
    count += 1
    for index in sample.indices {
      let difference = sample[index] - mean[index]
      mean[index] += difference / Double(count)
      squares[index] += difference * (sample[index] - mean[index])
    }
  }

  /// The mean squared distance to the mean.
  var variance: [Double] { squares.map { $0 / Double(max(count, 1)) } }

  /// The standard error of the mean, or `nil` of less than two samples.
  var standardError: [Double]? {
    guard count > 1 else { return nil }
    return squares.map { ($0 / Double(count - 1) / Double(count)).squareRoot() }
  }
}
