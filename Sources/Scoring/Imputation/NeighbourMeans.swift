/// Fills in values that are missing on a grid so that each is the weighted mean of its neighbours.
///
///     x[i] = sum over neighbours j of w[i, j] x[j] / sum over neighbours of w[i, j]
///
/// Neighbours differ by at most one along every axis. One that shares a face has the weight 1, one that is reached over `m` axes at once
/// `2^(1 - m)`: in an image 1/6 and 1/12 of the whole, as in the code of ROAD's authors, in a signal 1/2 and 1/2. At borders there are fewer.
///
/// - Note: Conjugate gradients behind a multigrid cycle, about 25 steps whatever is missing and however large the grid is.
package struct NeighbourMeans: Sendable {
  /// The residual at which the equations count as solved, as a share of their right side.
  static let tolerance = 1e-10

  private let extents: [Int]
  /// Where positions lie in a grid with borders.
  private let places: [Int]

  /// Plans for a grid with extents along any number of axes.
  package init(over extents: [Int]) {
    let long = extents.filter { $0 > 1 }
    self.extents = long.isEmpty ? [1] : long
    places = NeighbourGrid.places(of: self.extents)
  }

  /// Fills in what is missing.
  ///
  /// - Parameters:
  ///   - values: Positions and channels in the order of memory; those of missing positions are not read.
  ///   - channels: The values at every position.
  ///   - missing: The positions that are missing, ascending; not all of the grid.
  /// - Returns: For every missing position its channels.
  package func filled(_ values: [Float], channels: Int, missing: [Int]) -> [Double] {
    var isMissing = [Bool](repeating: false, count: (places.last ?? 0) + 1)
    for position in missing { isMissing[places[position]] = true }
    let grid = NeighbourGrid(extents) { isMissing[$0] }
    let hierarchy = GridHierarchy(of: grid)
    let vectors = (0..<3).map { _ in NeighbourGrid.zeros(grid.count) }
    defer { for vector in vectors { vector.deallocate() } }
    let (known, right, solution) = (vectors[0], vectors[1], vectors[2])
    var filled = [Double](repeating: 0, count: missing.count * channels)
    for channel in 0..<channels {
      for (position, place) in places.enumerated() {
        known[place] = grid.missing[place] > 0 ? 0 : Double(values[position * channels + channel])
      }
      grid.right(known, into: right)
      for place in places { solution[place] = right[place] / grid.sums[place] }
      ConjugateGradients.improve(
        solution, towards: right, count: grid.count, tolerance: Self.tolerance, multiply: grid.multiply,
        precondition: hierarchy.solve)
      for (row, position) in missing.enumerated() {
        filled[row * channels + channel] = solution[places[position]]
      }
    }
    return filled
  }
}
