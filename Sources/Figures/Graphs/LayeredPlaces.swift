/// The horizontal places of the items of a layered order: near their neighbours above and below, without touching each other.
package struct LayeredPlaces: Sendable {
  /// The middle of every item, from 0 at the left edge of the drawing.
  package private(set) var middles: [Double]
  /// The width of the drawing.
  package let width: Double

  private static let sweeps = 24
  package static let gap = 22.0

  /// Places the items of an order, whose extents are given.
  package init(_ order: LayeredOrder, widths: [Double]) {
    var middles = [Double](repeating: 0, count: order.items.count)
    for row in order.rows {
      var left = 0.0
      for item in row {
        middles[item] = left + widths[item] / 2
        left += widths[item] + Self.gap
      }
      let shift = (left - Self.gap) / 2
      for item in row { middles[item] -= shift }
    }
    for sweep in 0..<Self.sweeps {
      let goesDown = sweep % 2 == 0
      for row in goesDown ? Array(order.rows) : order.rows.reversed() {
        let wanted = row.map { item -> Double in
          let ties = goesDown ? order.items[item].above : order.items[item].below
          return ties.isEmpty ? middles[item] : ties.reduce(0) { $0 + middles[$1] } / Double(ties.count)
        }
        // Lines should be straight before boxes stand in the middle of what they read.
        let weights = row.map { order.items[$0].box == nil ? 4.0 : 1.0 }
        for (item, place) in zip(row, Self.separated(wanted, weights, widths: row.map { widths[$0] })) {
          middles[item] = place
        }
      }
    }
    let left = middles.indices.map { middles[$0] - widths[$0] / 2 }.min() ?? 0
    let right = middles.indices.map { middles[$0] + widths[$0] / 2 }.max() ?? 0
    self.middles = middles.map { $0 - left }
    width = right - left
  }

  /// The places nearest to those wanted, by weighted squares, at which neighbours keep their distance.
  ///
  /// With the distances subtracted the places only have to rise, so runs that fall become their weighted mean.
  private static func separated(_ wanted: [Double], _ weights: [Double], widths: [Double]) -> [Double] {
    var offsets = [0.0]
    for (left, right) in zip(widths, widths.dropFirst()) {
      offsets.append(offsets[offsets.count - 1] + (left + right) / 2 + gap)
    }
    var runs: [(mean: Double, weight: Double, count: Int)] = []
    for (index, place) in wanted.enumerated() {
      runs.append((place - offsets[index], weights[index], 1))
      while runs.count > 1, runs[runs.count - 2].mean > runs[runs.count - 1].mean {
        let last = runs.removeLast()
        let before = runs.removeLast()
        let weight = before.weight + last.weight
        let mean = (before.mean * before.weight + last.mean * last.weight) / weight
        runs.append((mean, weight, before.count + last.count))
      }
    }
    return zip(runs.flatMap { Array(repeating: $0.mean, count: $0.count) }, offsets).map { $0 + $1 }
  }
}
