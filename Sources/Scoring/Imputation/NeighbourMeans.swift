/// Fills in values that are missing on a grid so that each is the weighted mean of its neighbours.
///
///     x[i] = sum over neighbours j of w[i, j] x[j] / sum over neighbours of w[i, j]
///
/// Neighbours differ by at most one along every axis. One that shares a face has the weight 1, one that is reached over `m` axes at once
/// `2^(1 - m)`: in an image 1/6 and 1/12 of the whole, as in the code of ROAD's authors, in a signal 1/2 and 1/2. At borders there are fewer.
package struct NeighbourMeans: Sendable {
  /// The residual at which the equations count as solved, as a share of their right side.
  static let tolerance = 1e-10

  private let extents: [Int]
  private let strides: [Int]
  /// The steps to all neighbours along every axis, with their weights.
  private let offsets: [(steps: [Int], weight: Double)]

  /// Plans for a grid with extents along any number of axes.
  package init(over extents: [Int]) {
    self.extents = extents
    strides = extents.indices.map { extents[($0 + 1)...].reduce(1, *) }
    var steps: [[Int]] = [[]]
    for extent in extents {
      steps = steps.flatMap { known in (extent > 1 ? [-1, 0, 1] : [0]).map { known + [$0] } }
    }
    offsets = steps.compactMap { steps in
      let axes = steps.count { $0 != 0 }
      return axes == 0 ? nil : (steps, 1 / Double(1 << (axes - 1)))
    }
  }

  /// Fills in what is missing.
  ///
  /// - Parameters:
  ///   - values: Positions and channels in the order of memory; those of missing positions are not read.
  ///   - channels: The values at every position.
  ///   - missing: The positions that are missing, ascending; not all of the grid.
  /// - Returns: For every missing position its channels.
  package func filled(_ values: [Float], channels: Int, missing: [Int]) -> [Double] {
    let system = System(self, missing: missing)
    var filled = [Double](repeating: 0, count: missing.count * channels)
    for channel in 0..<channels {
      let right = system.right { Double(values[$0 * channels + channel]) }
      let start = zip(right, system.sums).map { $1 > 0 ? $0 / $1 : 0 }
      let solution = ConjugateGradients.solve(right, from: start, tolerance: Self.tolerance) {
        system.multiply($0, into: &$1)
      }
      for (row, value) in solution.enumerated() { filled[row * channels + channel] = value }
    }
    return filled
  }

  /// Calls a function for every neighbour of a position and its weight.
  private func forEachNeighbour(of position: Int, _ body: (Int, Double) -> Void) {
    let place = extents.indices.map { position / strides[$0] % extents[$0] }
    for (steps, weight) in offsets {
      var neighbour = position
      var isInside = true
      for axis in extents.indices {
        let coordinate = place[axis] + steps[axis]
        isInside = isInside && coordinate >= 0 && coordinate < extents[axis]
        neighbour += steps[axis] * strides[axis]
      }
      if isInside { body(neighbour, weight) }
    }
  }

  /// One equation for every missing position, the same for all channels.
  private struct System {
    /// The weights of all neighbours, added up.
    private(set) var sums: [Double]
    /// Where the neighbours of every row begin in `columns` and `weights`: those that are missing themselves.
    private var starts = [0]
    private var columns: [Int] = []
    private var weights: [Double] = []
    /// The neighbours that are known: row, position and weight.
    private var known: [(row: Int, position: Int, weight: Double)] = []

    init(_ means: NeighbourMeans, missing: [Int]) {
      var rows = [Int](repeating: -1, count: means.extents.reduce(1, *))
      for (row, position) in missing.enumerated() { rows[position] = row }
      sums = Array(repeating: 0, count: missing.count)
      for (row, position) in missing.enumerated() {
        means.forEachNeighbour(of: position) { neighbour, weight in
          sums[row] += weight
          if rows[neighbour] >= 0 {
            columns.append(rows[neighbour])
            weights.append(weight)
          } else {
            known.append((row, neighbour, weight))
          }
        }
        starts.append(columns.count)
      }
    }

    /// What the known neighbours add.
    func right(_ value: (Int) -> Double) -> [Double] {
      var right = [Double](repeating: 0, count: sums.count)
      for (row, position, weight) in known { right[row] += weight * value(position) }
      return right
    }

    func multiply(_ vector: [Double], into product: inout [Double]) {
      for row in sums.indices {
        var sum = sums[row] * vector[row]
        for index in starts[row]..<starts[row + 1] { sum -= weights[index] * vector[columns[index]] }
        product[row] = sum
      }
    }
  }
}
