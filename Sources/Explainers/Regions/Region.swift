import TensorCore

/// A connected part of a map that people can talk about: an interval of a signal, a patch of an image.
///
/// All its positions are marked and have the same sign.
public struct Region: Sendable, Equatable {
  /// The first index of the region along every spatial axis.
  public let lowerBounds: [Int]
  /// The index behind the last one along every spatial axis.
  public let upperBounds: [Int]
  /// The number of positions.
  public let area: Int
  /// The mean coordinates of the positions.
  public let centroid: [Double]
  /// The sum of the map over the region; its sign is that of every position.
  public let sum: Double
  /// The share of the region in the sum of the magnitudes of the whole map, from 0 to 1.
  public let share: Double
  /// The value of largest magnitude.
  public let peak: Double
  /// Where the peak is; of equal ones the first.
  public let peakPosition: [Int]

  /// Creates a region from its parts.
  public init(
    lowerBounds: [Int], upperBounds: [Int], area: Int, centroid: [Double], sum: Double, share: Double,
    peak: Double, peakPosition: [Int]
  ) {
    self.lowerBounds = lowerBounds
    self.upperBounds = upperBounds
    self.area = area
    self.centroid = centroid
    self.sum = sum
    self.share = share
    self.peak = peak
    self.peakPosition = peakPosition
  }
}

extension Attribution {
  /// The regions of the map, those with the largest share first.
  ///
  /// Channels are added first. Positions that share a face (two neighbours along each axis) belong together; diagonal ones do not. Inputs
  /// without spatial axes have no regions. Cost: sorting the positions.
  ///
  /// - Parameter rule: Which positions are marked.
  /// - Returns: The regions; of equal shares the one with the lower index first.
  public func regions(_ rule: RegionRule = .top(share: 0.2)) -> [Region] {
    guard !map.shape.spatial.isEmpty else { return [] }
    let grid = SpatialNeighbours(extents: map.shape.spatial)
    let values = map.overChannels(.sum).values.map { Double($0) }
    let magnitudes = values.map { abs($0) }
    let total = magnitudes.reduce(0, +)
    guard total > 0 else { return [] }
    var isOpen = rule.marked(magnitudes)
    var regions: [Region] = []
    for start in values.indices where isOpen[start] {
      isOpen[start] = false
      var members = [start]
      var next = 0
      while next < members.count {
        grid.forEachNeighbour(of: members[next]) { neighbour in
          if isOpen[neighbour], (values[neighbour] > 0) == (values[start] > 0) {
            isOpen[neighbour] = false
            members.append(neighbour)
          }
        }
        next += 1
      }
      regions.append(Region(of: members.sorted(), in: grid, values, total: total))
    }
    return regions.sorted { $0.share > $1.share }
  }
}

extension Region {
  fileprivate init(of members: [Int], in grid: SpatialNeighbours, _ values: [Double], total: Double) {
    let places = members.map(grid.coordinates)
    let axes = grid.extents.indices
    let sum = members.reduce(0) { $0 + values[$1] }
    let strongest = members.reduce(members[0]) { abs(values[$1]) > abs(values[$0]) ? $1 : $0 }
    self.init(
      lowerBounds: axes.map { axis in places.reduce(grid.extents[axis]) { min($0, $1[axis]) } },
      upperBounds: axes.map { axis in places.reduce(0) { max($0, $1[axis] + 1) } },
      area: members.count,
      centroid: axes.map { axis in Double(places.reduce(0) { $0 + $1[axis] }) / Double(members.count) },
      sum: sum, share: abs(sum) / total, peak: values[strongest], peakPosition: grid.coordinates(strongest))
  }
}
