/// Covers positions with regions, those first whose new positions have the highest mean value.
///
///     next = argmax over regions of the mean value of the region's positions that are not covered yet
///
/// Every position gets the mean with which it was covered. Regions of several segmentations may overlap. Positions that are left when no
/// region has enough new ones get the mean of what is left.
package enum RegionGrowth {
  /// The mean with which every position was covered.
  ///
  /// - Parameters:
  ///   - values: One number for every position.
  ///   - segmentations: Divisions of these positions; of equal means the earlier region wins.
  ///   - least: The fewest new positions that a region is taken for.
  /// - Returns: One number for every position. Cost: the number of regions squared, and positions times segmentations.
  package static func map(of values: [Double], over segmentations: [Segments], least: Int = 1) -> [Double] {
    let firsts = segmentations.indices.map { segmentations[..<$0].reduce(0) { $0 + $1.count } }
    let regions = segmentations.reduce(0) { $0 + $1.count }
    var sums = [Double](repeating: 0, count: regions)
    var members = [[Int]](repeating: [], count: regions)
    for (first, segments) in zip(firsts, segmentations) {
      for (position, label) in segments.labels.enumerated() {
        sums[first + label] += values[position]
        members[first + label].append(position)
      }
    }
    var sizes = members.map(\.count)
    var result = [Double?](repeating: nil, count: values.count)
    func mean(_ region: Int) -> Double { sums[region] / Double(sizes[region]) }
    while let best = sizes.indices.filter({ sizes[$0] >= max(least, 1) })
      .max(by: { mean($0) < mean($1) })
    {
      let gain = mean(best)
      for position in members[best] where result[position] == nil {
        result[position] = gain
        for (first, segments) in zip(firsts, segmentations) {
          sums[first + segments.labels[position]] -= values[position]
          sizes[first + segments.labels[position]] -= 1
        }
      }
    }
    let left = values.indices.filter { result[$0] == nil }
    let rest = left.reduce(0) { $0 + values[$1] } / Double(max(left.count, 1))
    return result.map { $0 ?? rest }
  }
}
