import Foundation
import TensorCore

/// Divides positions into connected regions of similar values by merging neighbours, for any number of axes.
///
/// At first every position is a region. Again and again the two neighbouring regions are merged whose merging adds least to the squared
/// distances of positions to the mean of their region (Ward's criterion):
///
///     cost(A, B) = |A| |B| / (|A| + |B|) * |mean A - mean B|^2
///
/// A position is described by its channels, divided by the standard deviation of the whole input, and by its coordinates, which keep regions
/// compact: divided by the edge of a region of average size, and counted half. Of equal costs the regions with the lower first positions
/// merge. For a signal this is bottom-up segmentation between change points.
///
/// - Note: Ward, Journal of the American Statistical Association 58 (1963); Keogh et al., ICDM 2001, for signals. About `n log n` for `n`
///   positions.
package struct RegionMerging {
  /// What coordinates count against values.
  static let compactness = 0.5

  /// Which two regions were merged, in order: the second became part of the first.
  private var merges: [(Int, Int)] = []
  private let positions: Int

  /// Merges until there is one region.
  ///
  /// - Parameters:
  ///   - input: `[1, positions..., channels]`.
  ///   - target: The number of regions that is wanted, which decides how coordinates are scaled.
  package init(of input: Tensor, target: Int) {
    positions = input.shape.positions
    var graph = RegionGraph(
      Self.features(of: input, target: target), over: input.shape.spatial)
    while let pair = graph.mergeClosest() { merges.append(pair) }
  }

  /// The regions when there are as many as wanted.
  package func segments(_ count: Int) -> Segments {
    var parents = Array(0..<positions)
    for (first, second) in merges.prefix(max(positions - count, 0)) { parents[second] = first }
    // A region is merged into one with a lower first position, so parents come before their children.
    for position in 0..<positions { parents[position] = parents[parents[position]] }
    return Segments(labels: parents)
  }

  private static func features(of input: Tensor, target: Int) -> [[Double]] {
    let values = input.values.map(Double.init)
    let (count, channels) = (input.shape.positions, input.shape.channels)
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    let scale = variance > 0 ? 1 / variance.squareRoot() : 1
    let extents = input.shape.spatial
    let axes = extents.indices.filter { extents[$0] > 1 }
    let edge = pow(Double(count) / Double(target), 1 / Double(max(axes.count, 1)))
    let strides = extents.indices.map { extents[($0 + 1)...].reduce(1, *) }
    return (0..<count).map { position in
      (0..<channels).map { (values[position * channels + $0] - mean) * scale }
        + axes.map { compactness * Double(position / strides[$0] % extents[$0]) / edge }
    }
  }
}

/// Regions, what lies beside what, and which neighbours are closest.
private struct RegionGraph {
  /// Two neighbouring regions as they were when their distance was found.
  private struct Candidate: Comparable {
    var cost: Double
    var first: Int
    var second: Int
    var size: Int

    static func < (a: Candidate, b: Candidate) -> Bool {
      (a.cost, a.first, a.second) < (b.cost, b.first, b.second)
    }
  }

  private var sums: [[Double]]
  private var sizes: [Int]
  private var owners: [Int]
  private var neighbours: [[Int]]
  private var candidates = MinimumHeap<Candidate>()

  init(_ features: [[Double]], over extents: [Int]) {
    sums = features
    sizes = Array(repeating: 1, count: features.count)
    owners = Array(features.indices)
    neighbours = Array(repeating: [], count: features.count)
    for axis in extents.indices {
      let stride = extents[(axis + 1)...].reduce(1, *)
      for position in features.indices where position / stride % extents[axis] + 1 < extents[axis] {
        neighbours[position].append(position + stride)
        neighbours[position + stride].append(position)
        offer(position, position + stride)
      }
    }
  }

  /// Merges the closest neighbours, the one with the higher first position into the other.
  mutating func mergeClosest() -> (Int, Int)? {
    while let candidate = candidates.popLeast() {
      let (first, second) = (candidate.first, candidate.second)
      // Sizes only grow: a candidate is current when both regions are there and are as large as they were.
      guard sizes[first] > 0, sizes[second] > 0, sizes[first] + sizes[second] == candidate.size else {
        continue
      }
      merge(second, into: first)
      return (first, second)
    }
    return nil
  }

  private mutating func merge(_ second: Int, into first: Int) {
    for index in sums[first].indices { sums[first][index] += sums[second][index] }
    sizes[first] += sizes[second]
    sizes[second] = 0
    owners[second] = first
    let around = (neighbours[first] + neighbours[second]).map { owner(of: $0) }
    neighbours[first] = Array(Set(around)).filter { $0 != first }.sorted()
    neighbours[second] = []
    sums[second] = []
    for other in neighbours[first] { offer(min(first, other), max(first, other)) }
  }

  private mutating func offer(_ first: Int, _ second: Int) {
    let (a, b) = (Double(sizes[first]), Double(sizes[second]))
    var distance = 0.0
    for (x, y) in zip(sums[first], sums[second]) { distance += (x / a - y / b) * (x / a - y / b) }
    candidates.insert(
      Candidate(
        cost: a * b / (a + b) * distance, first: first, second: second, size: sizes[first] + sizes[second]))
  }

  /// The region that a position's region has become part of.
  private mutating func owner(of region: Int) -> Int {
    var last = region
    while owners[last] != last { last = owners[last] }
    var next = region
    while owners[next] != last {
      let following = owners[next]
      owners[next] = last
      next = following
    }
    return last
  }
}
