/// Arithmetic in the order in which NumPy does it, so that results agree to the last bit.
package enum NumPyArithmetic {
  /// `count` equally spaced numbers from `start` to `stop`, both included: `linspace(start, stop, count)`.
  package static func linspace(_ start: Double, _ stop: Double, _ count: Int) -> [Double] {
    guard count > 1 else { return [start] }
    let step = (stop - start) / Double(count - 1)
    var values = (0..<count).map { Double($0) * step + start }
    values[count - 1] = stop
    return values
  }

  /// Resamples equally spaced values to `count` equally spaced positions by straight lines: `interp`.
  ///
  ///     y = slope * (v - node[j]) + value[j],  j the last node that is not beyond v
  package static func resample(_ values: [Double], to count: Int) -> [Double] {
    let nodes = linspace(0, 1, values.count)
    var left = 0
    return linspace(0, 1, count).map { position in
      while left + 1 < nodes.count, nodes[left + 1] <= position { left += 1 }
      if left + 1 == nodes.count || nodes[left] == position { return values[left] }
      let slope = (values[left + 1] - values[left]) / (nodes[left + 1] - nodes[left])
      return slope * (position - nodes[left]) + values[left]
    }
  }

  /// The sum of the values, in pairs: blocks of up to 128 run through eight accumulators, longer runs are
  /// halved.
  package static func sum(_ values: UnsafeBufferPointer<Double>) -> Double {
    if values.count < 8 { return values.reduce(0, +) }
    if values.count > 128 {
      let half = values.count / 2 / 8 * 8
      return sum(.init(rebasing: values[..<half])) + sum(.init(rebasing: values[half...]))
    }
    var lanes = Array(values[..<8])
    let whole = values.count / 8 * 8
    for start in stride(from: 8, to: whole, by: 8) {
      for lane in 0..<8 { lanes[lane] += values[start + lane] }
    }
    var total =
      ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
    for value in values[whole...] { total += value }
    return total
  }

  /// The mean of the values: `mean()`.
  package static func mean(_ values: [Double]) -> Double {
    values.withUnsafeBufferPointer { sum($0) } / Double(values.count)
  }

  /// The population standard deviation of the values: `std()`.
  package static func deviation(_ values: [Double]) -> Double {
    let center = mean(values)
    return mean(values.map { ($0 - center) * ($0 - center) }).squareRoot()
  }
}
