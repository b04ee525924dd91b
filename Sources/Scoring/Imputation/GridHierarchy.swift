/// A grid with missing values and ever coarser ones, which together nearly solve its equations: a symmetric multigrid cycle.
///
/// A coarser grid has every second position along every axis. A value is missing there where it and those beside it are missing in the finer
/// grid: what is next to known values is left to the finer grid, which is quick there.
///
/// - Note: Trottenberg, Oosterlee and Schüller, Multigrid, Academic Press, 2001. Takes about five products with the matrix.
final class GridHierarchy {
  private typealias Vector = NeighbourGrid.Vector

  private let grids: [NeighbourGrid]
  /// The right side and the solution of every coarser grid.
  private let rights: [Vector]
  private let solutions: [Vector]
  /// The solution of every grid while it is made, what that leaves over, and what the coarser grid says of that.
  private let others: [Vector]
  private let rests: [Vector]
  private let spreads: [Vector]
  /// Where vectors lie that have the extents of a coarser grid along some axes, for every axis.
  private let between: [Vector]

  /// Pairs of steps of Jacobi's method on the coarsest grid.
  private static let lastSteps = 5

  /// Prepares the coarser grids.
  init(of grid: NeighbourGrid) {
    var grids = [grid]
    while let coarser = Self.coarser(grids[grids.count - 1]) { grids.append(coarser) }
    self.grids = grids
    rights = grids.map { NeighbourGrid.zeros($0.count) }
    solutions = grids.map { NeighbourGrid.zeros($0.count) }
    others = grids.map { NeighbourGrid.zeros($0.count) }
    rests = grids.map { NeighbourGrid.zeros($0.count) }
    spreads = grids.map { NeighbourGrid.zeros($0.count) }
    between = grid.extents.map { _ in NeighbourGrid.zeros(grid.count) }
  }

  deinit {
    for vector in [rights, solutions, others, rests, spreads, between].joined() { vector.deallocate() }
  }

  private static func coarser(_ grid: NeighbourGrid) -> NeighbourGrid? {
    let extents = grid.extents.map { ($0 + 1) / 2 }
    guard extents != grid.extents else { return nil }
    let (coarse, fine) = (NeighbourGrid.strides(of: extents), NeighbourGrid.strides(of: grid.extents))
    var isEmpty = true
    let coarser = NeighbourGrid(extents) { place in
      let finer = zip(zip(extents, coarse), fine).reduce(0) { sum, axis in
        let coordinate = place / axis.0.1 % (axis.0.0 + 2)
        return sum + (2 * coordinate - 1) * axis.1
      }
      let isMissing = grid.isMissingAround(finer)
      isEmpty = isEmpty && !isMissing
      return isMissing
    }
    return isEmpty ? nil : coarser
  }

  /// Nearly solves the equations of the finest grid.
  ///
  /// - Parameters:
  ///   - right: The right side, zero where nothing is missing.
  ///   - solution: Receives the solution.
  func solve(_ right: NeighbourGrid.Vector, into solution: NeighbourGrid.Vector) {
    cycle(0, right, solution)
  }

  private func cycle(_ level: Int, _ right: Vector, _ solution: Vector) {
    let (grid, other) = (grids[level], others[level])
    guard level + 1 < grids.count else {
      grid.begin(solution, towards: right)
      for _ in 0..<Self.lastSteps {
        grid.smooth(solution, towards: right, into: other)
        grid.smooth(other, towards: right, into: solution)
      }
      return
    }
    let (coarser, coarseRight) = (grids[level + 1], rights[level + 1])
    grid.begin(other, towards: right)
    grid.subtract(other, from: right, into: rests[level])
    gather(rests[level], of: grid.extents, into: coarseRight)
    for place in 0..<coarser.count { coarseRight[place] *= coarser.missing[place] }
    cycle(level + 1, coarseRight, solutions[level + 1])
    spread(solutions[level + 1], to: grid.extents, into: spreads[level])
    // Differences between positions twice as far apart count by this much more.
    grid.add(spreads[level], times: grid.extents.reduce(4) { $1 > 1 ? $0 / 2 : $0 }, to: other)
    grid.smooth(other, towards: right, into: solution)
  }

  /// A vector of a coarser grid on a finer one, linear between its positions; behind the last one values stay as they are.
  private func spread(_ vector: Vector, to extents: [Int], into result: Vector) {
    var (source, shape) = (vector, extents.map { ($0 + 1) / 2 })
    for axis in extents.indices.dropLast() {
      let (fine, coarse, target) = (extents[axis], shape[axis], between[axis])
      let (outer, inner) = Self.around(axis, of: shape)
      shape[axis] = fine
      for block in 0..<outer {
        let (from, to) = (source + block * (coarse + 2) * inner, target + block * (fine + 2) * inner)
        for position in 0..<fine {
          let left = from + (position / 2 + 1) * inner
          let right = position.isMultiple(of: 2) || position / 2 + 1 == coarse ? left : left + inner
          let row = to + (position + 1) * inner
          for index in 0..<inner { row[index] = 0.5 * (left[index] + right[index]) }
        }
      }
      source = target
    }
    let (fine, coarse) = (extents[extents.count - 1], shape[extents.count - 1])
    for block in 0..<Self.around(extents.count - 1, of: shape).outer {
      let (from, to) = (source + block * (coarse + 2) + 1, result + block * (fine + 2) + 1)
      let odd = to + 1
      for position in 0..<coarse { to[position &* 2] = from[position] }
      for position in 0..<(coarse - 1) {
        odd[position &* 2] = 0.5 * (from[position] + from[position &+ 1])
      }
      if fine.isMultiple(of: 2) { to[fine - 1] = from[coarse - 1] }
    }
  }

  /// The transpose of `spread`; the borders hold zeros.
  private func gather(_ vector: Vector, of extents: [Int], into result: Vector) {
    var (source, shape) = (vector, extents)
    for axis in extents.indices.dropLast() {
      let (fine, coarse, target) = (extents[axis], (extents[axis] + 1) / 2, between[axis])
      let (outer, inner) = Self.around(axis, of: shape)
      shape[axis] = coarse
      for block in 0..<outer {
        let (from, to) = (source + block * (fine + 2) * inner, target + block * (coarse + 2) * inner)
        for position in 0..<coarse {
          let middle = from + (2 * position + 1) * inner
          let (left, right) = (middle - inner, middle + inner)
          let last = position + 1 == coarse ? 1 : 0.5
          let row = to + (position + 1) * inner
          for index in 0..<inner { row[index] = middle[index] + 0.5 * left[index] + last * right[index] }
        }
      }
      source = target
    }
    let fine = extents[extents.count - 1]
    let coarse = (fine + 1) / 2
    for block in 0..<Self.around(extents.count - 1, of: shape).outer {
      let (from, to) = (source + block * (fine + 2) + 1, result + block * (coarse + 2) + 1)
      let (left, right) = (from - 1, from + 1)
      for position in 0..<coarse {
        let place = position &* 2
        to[position] = from[place] + 0.5 * (left[place] + right[place])
      }
      to[coarse - 1] += 0.5 * right[2 * coarse - 2]
    }
  }

  /// How many numbers lie before and behind an axis of a grid with borders.
  private static func around(_ axis: Int, of shape: [Int]) -> (outer: Int, inner: Int) {
    (shape[..<axis].reduce(1) { $0 * ($1 + 2) }, shape[(axis + 1)...].reduce(1) { $0 * ($1 + 2) })
  }
}
