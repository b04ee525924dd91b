import Scoring
import Testing

@Suite struct NeighbourMeansTests {
  static func close(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 }
  }

  /// What is missing within a signal lies on the line between its ends, what is missing at a border is constant.
  @Test func signalsAreInterpolatedLinearly() {
    let means = NeighbourMeans(over: [7])
    let filled = means.filled([9, 0, 9, 9, 9, 8, 9], channels: 1, missing: [0, 2, 3, 4, 6])
    #expect(Self.close(filled, [0, 2, 4, 6, 8]))
  }

  /// Neighbours along an axis weigh 1/6, diagonal ones 1/12: (4 * 6 + 4 * 3) / (4 * 2 + 4) for 6 along the axes and 3 in the corners.
  @Test func diagonalNeighboursWeighHalf() {
    let filled = NeighbourMeans(over: [3, 3]).filled([3, 6, 3, 6, 99, 6, 3, 6, 3], channels: 1, missing: [4])
    #expect(Self.close(filled, [5]))
    // In the corner there are two neighbours along the axes and a diagonal one: (2 * 6 + 2 * 6 + 9) / 5.
    let corner = NeighbourMeans(over: [3, 3]).filled([0, 6, 0, 6, 9, 0, 0, 0, 0], channels: 1, missing: [0])
    #expect(Self.close(corner, [33 / 5.0]))
  }

  /// Over three axes a corner weighs a quarter: 6 faces, 12 edges / 2, 8 corners / 4 are 14.
  @Test func cornersOfThreeAxesWeighAQuarter() {
    var values = [Float](repeating: 0, count: 27)
    for corner in [0, 2, 6, 8, 18, 20, 24, 26] { values[corner] = 7 }
    #expect(Self.close(NeighbourMeans(over: [3, 3, 3]).filled(values, channels: 1, missing: [13]), [1]))
  }

  @Test func channelsAreIndependentAndAxesOfOnePositionDoNotCount() {
    let values: [Float] = [0, 10, 5, 5, 4, 50]
    let expected: [Double] = [2, 30]
    #expect(Self.close(NeighbourMeans(over: [3]).filled(values, channels: 2, missing: [1]), expected))
    #expect(Self.close(NeighbourMeans(over: [1, 3, 1]).filled(values, channels: 2, missing: [1]), expected))
  }

  /// Large and scattered holes over any number of axes: every filled value is the weighted mean of its neighbours.
  @Test(
    arguments: [[600], [20, 30], [33, 40], [2, 200], [9, 12, 11], [4, 1, 5, 6, 3]], [1, 8, 60, 90])
  func equationsHold(extents: [Int], known: Int) {
    let values = (0..<extents.reduce(1, *)).map { Float(($0 * 37) % 101) }
    let strides = extents.indices.map { extents[($0 + 1)...].reduce(1, *) }
    // The first quarter is one hole; behind it what is known is scattered.
    let missing = values.indices.filter { $0 < values.count / 4 || ($0 * 61) % 97 > known }
    let filled = NeighbourMeans(over: extents).filled(values, channels: 1, missing: missing)
    var all = values.map { Double($0) }
    for (position, value) in zip(missing, filled) { all[position] = value }
    let steps = extents.reduce([[Int]]([[]])) { known, _ in
      known.flatMap { step in [-1, 0, 1].map { step + [$0] } }
    }
    for position in missing {
      var (sum, weights) = (0.0, 0.0)
      for step in steps where step.contains(where: { $0 != 0 }) {
        let place = extents.indices.map { position / strides[$0] % extents[$0] + step[$0] }
        guard zip(place, extents).allSatisfy({ (0..<$1).contains($0) }) else { continue }
        let weight = 2 / Double(1 << step.count { $0 != 0 })
        sum += weight * all[zip(place, strides).reduce(0) { $0 + $1.0 * $1.1 }]
        weights += weight
      }
      #expect(abs(sum / weights - all[position]) < 1e-6)
    }
  }

  /// What little is known decides everything: one value, all others like it.
  @Test(arguments: [[50], [17, 18], [5, 6, 7]])
  func oneKnownValue(extents: [Int]) {
    let count = extents.reduce(1, *)
    var values = [Float](repeating: 0, count: count)
    values[count / 3] = 4
    let missing = values.indices.filter { $0 != count / 3 }
    let filled = NeighbourMeans(over: extents).filled(values, channels: 1, missing: missing)
    #expect(filled.allSatisfy { abs($0 - 4) < 1e-6 })
  }
}
