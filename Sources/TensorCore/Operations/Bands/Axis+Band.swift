extension Axis {
  /// The source coordinates that a run of destination coordinates reads.
  ///
  /// - Parameter destination: The run.
  /// - Returns: From the first coordinate that is read to the last; nothing when only padding is.
  func sources(of destination: Range<Int>) -> Range<Int> {
    let read = reaches[destination].filter { $0.count > 0 }
    // At a border the taps of a dilated window that are left may begin further on than those of the next position.
    guard let first = read.map(\.firstSource).min(),
      let last = read.map({ $0.firstSource + ($0.count - 1) * sourceStep }).max()
    else { return 0..<0 }
    return first..<(last + 1)
  }

  /// For every destination coordinate the lowest source coordinate that it or a later one reads.
  ///
  /// At a border a dilated window may begin further on than the next one does. Where nothing is read any more it is the source's extent.
  var lowestSources: [Int] {
    var (result, lowest) = (reaches.map { _ in source }, source)
    for (index, reach) in reaches.enumerated().reversed() {
      if reach.count > 0 { lowest = min(lowest, reach.firstSource) }
      result[index] = lowest
    }
    return result
  }

  /// The axis of a run of destination coordinates over a run of source coordinates that holds all they read.
  func band(_ destination: Range<Int>, over source: Range<Int>) -> Axis {
    var result = self
    result.destination = destination.count
    result.source = source.count
    result.origin += destination.lowerBound * stride - source.lowerBound
    result.reaches = reaches[destination].map { reach in
      guard reach.count > 0 else { return .none }
      return Reach(
        firstTap: reach.firstTap, count: reach.count, firstSource: reach.firstSource - source.lowerBound)
    }
    return result
  }
}
