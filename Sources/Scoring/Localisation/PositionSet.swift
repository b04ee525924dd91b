import Explainers

/// Some positions of a grid with any number of axes.
package struct PositionSet: Sendable, Equatable {
  /// The extents of the grid, outermost first.
  package let extents: [Int]
  /// For every position whether it belongs to the set.
  package let isMember: [Bool]

  /// Takes the members of a set.
  package init(_ isMember: [Bool], over extents: [Int]) {
    precondition(isMember.count == extents.reduce(1, *), "\(isMember.count) positions do not fill \(extents)")
    self.isMember = isMember
    self.extents = extents
  }

  /// The largest of the connected regions; of equally large ones that with the lowest index.
  ///
  /// Positions that share a face are connected, diagonal ones are not.
  package var largestRegion: PositionSet {
    let grid = SpatialNeighbours(extents: extents)
    var isOpen = isMember
    var largest: [Int] = []
    for start in isMember.indices where isOpen[start] {
      isOpen[start] = false
      var region = [start]
      var next = 0
      while next < region.count {
        grid.forEachNeighbour(of: region[next]) { neighbour in
          if isOpen[neighbour] {
            isOpen[neighbour] = false
            region.append(neighbour)
          }
        }
        next += 1
      }
      if region.count > largest.count { largest = region }
    }
    return PositionSet(largest, over: extents)
  }

  /// The smallest box that holds all members: an interval of a signal, a rectangle of an image.
  package var box: PositionSet {
    let grid = SpatialNeighbours(extents: extents)
    let places = isMember.indices.filter { isMember[$0] }.map(grid.coordinates)
    guard let first = places.first else { return self }
    let low = places.reduce(first) { zip($0, $1).map(min) }
    let high = places.reduce(first) { zip($0, $1).map(max) }
    return PositionSet(
      isMember.indices.map { position in
        let place = grid.coordinates(position)
        return extents.indices.allSatisfy { (low[$0]...high[$0]).contains(place[$0]) }
      }, over: extents)
  }

  /// The number of positions in both sets as a share of those in any; zero for two empty sets.
  package func intersectionOverUnion(_ other: PositionSet) -> Double {
    let pairs = zip(isMember, other.isMember)
    let all = pairs.count { $0 || $1 }
    return all == 0 ? 0 : Double(pairs.count { $0 && $1 }) / Double(all)
  }

  /// Takes the indices of the members.
  private init(_ members: [Int], over extents: [Int]) {
    var isMember = [Bool](repeating: false, count: extents.reduce(1, *))
    for member in members { isMember[member] = true }
    self.init(isMember, over: extents)
  }
}
