import TensorCore

/// Places that keep a distance from each other, as cells do.
enum TissueScatter {
  /// Throws darts at a tile and keeps those that hit no other.
  ///
  /// - Parameters:
  ///   - distance: The least distance of two places, in units.
  ///   - darts: How many are thrown.
  ///   - random: The stream of the tile; two numbers a dart.
  ///   - isAllowed: Whether a place may be kept at all.
  /// - Returns: The places, up to one distance beyond the tile's edges.
  static func places(
    distance: Double, darts: Int, _ random: inout NumPyLegacyRandom,
    where isAllowed: (Double, Double) -> Bool = { _, _ in true }
  ) -> [(x: Double, y: Double)] {
    let reach = -distance..<(TissueCanvas.extent + distance)
    // Cells as large as the distance: a conflict lies in a cell or one of its neighbours.
    let side = Int(TissueCanvas.extent / distance) + 4
    var cells = [[(x: Double, y: Double)]](repeating: [], count: side * side)
    var places: [(x: Double, y: Double)] = []
    for _ in 0..<darts {
      let x = random.uniform(reach.lowerBound, reach.upperBound)
      let y = random.uniform(reach.lowerBound, reach.upperBound)
      let (column, row) = (Int(x / distance + 1) + 1, Int(y / distance + 1) + 1)
      let isFree = (row - 1...row + 1).allSatisfy { row in
        (column - 1...column + 1).allSatisfy { column in
          guard (0..<side).contains(row), (0..<side).contains(column) else { return true }
          return cells[row * side + column].allSatisfy {
            ($0.x - x) * ($0.x - x) + ($0.y - y) * ($0.y - y) >= distance * distance
          }
        }
      }
      guard isFree, isAllowed(x, y) else { continue }
      cells[min(row, side - 1) * side + min(column, side - 1)].append((x, y))
      places.append((x, y))
    }
    return places
  }
}
