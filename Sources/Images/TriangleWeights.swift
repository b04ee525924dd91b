/// The weights that resize one axis, as whole numbers.
///
/// The arithmetic is Pillow's (`Resample.c`), step for step, because the models were trained on what it gives: weights are
/// normalised in Float64, then rounded to multiples of 2^-22, so that sums fit 32 bits.
struct TriangleWeights {
  /// The fractional bits of a weight: 32, less 8 for the sample, less 2 for the sign and for sums beyond 1.
  private static let precision: Int32 = 32 - 8 - 2

  /// For each new position, the old positions it is made of.
  private(set) var windows: [Range<Int>] = []
  /// The weights of all windows, one after the other.
  private(set) var weights: [Int32] = []

  /// Creates the weights.
  ///
  /// - Parameters:
  ///   - old: The old extent, at least 1.
  ///   - new: The new extent, at least 1.
  init(from old: Int, to new: Int) {
    let scale = Double(old) / Double(new)
    let reach = max(scale, 1)
    windows.reserveCapacity(new)
    for position in 0..<new {
      let center = (Double(position) + 0.5) * scale
      let window = max(Int(center - reach + 0.5), 0)..<min(Int(center + reach + 0.5), old)
      let triangle = window.map { index in
        max(0, 1 - abs((Double(index) - center + 0.5) * (1 / reach)))
      }
      let sum = triangle.reduce(0, +)
      windows.append(window)
      weights += triangle.map { Int32(0.5 + $0 / sum * Double(1 << Self.precision)) }
    }
  }

  /// Resizes one line.
  ///
  /// - Parameters:
  ///   - line: The old runs, next to each other.
  ///   - run: The samples of a run.
  ///   - target: Where the new runs go; moved behind the last of them.
  func apply(to line: UnsafePointer<UInt8>, run: Int, writing target: inout UnsafeMutablePointer<UInt8>) {
    weights.withUnsafeBufferPointer { weights in
      guard var weight = weights.baseAddress else { return }
      let half: Int32 = 1 << (Self.precision - 1)
      for window in windows {
        let (source, reach) = (line + window.lowerBound * run, window.count)
        // Plain loops: ranges would make a debug build several times slower, and tests resize hundreds of images.
        var sample = 0
        while sample < run {
          var sum = half
          var index = 0
          while index < reach {
            sum = sum &+ Int32(source[index &* run &+ sample]) &* weight[index]
            index = index &+ 1
          }
          let value = sum &>> Self.precision
          target[sample] = value < 255 ? UInt8(value) : 255
          sample = sample &+ 1
        }
        weight += window.count
        target += run
      }
    }
  }
}
