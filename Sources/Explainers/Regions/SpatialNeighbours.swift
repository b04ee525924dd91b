/// The positions of spatial axes, counted with the last axis fastest.
package struct SpatialNeighbours {
  package let extents: [Int]
  /// How far apart neighbours along each axis are counted.
  private let strides: [Int]

  /// Positions of a grid.
  package init(extents: [Int]) {
    self.extents = extents
    strides = extents.indices.map { extents[($0 + 1)...].reduce(1, *) }
  }

  /// The index of a position along every axis.
  package func coordinates(_ position: Int) -> [Int] {
    extents.indices.map { position / strides[$0] % extents[$0] }
  }

  /// Calls a function for the positions that share a face with one.
  package func forEachNeighbour(of position: Int, _ body: (Int) -> Void) {
    for axis in extents.indices {
      let coordinate = position / strides[axis] % extents[axis]
      if coordinate > 0 { body(position - strides[axis]) }
      if coordinate + 1 < extents[axis] { body(position + strides[axis]) }
    }
  }
}
