import Explainers
import TensorCore
import TestSupport
import Testing

@Suite struct SegmentationTests {
  private func labels(_ kind: Segmentation.Kind, _ count: Int, _ input: Tensor) -> [Int] {
    Segmentation(kind, count: count).segments(of: input).labels
  }

  @Test func equalPartsOfASignal() {
    #expect(labels(.equal, 3, Tensor([1, 7, 1])) == [0, 0, 1, 1, 2, 2, 2])
    #expect(labels(.equal, 20, Tensor([1, 4, 1])) == [0, 1, 2, 3])
    #expect(labels(.equal, 1, Tensor([1, 4, 2])) == [0, 0, 0, 0])
  }

  /// 4 x 6 in at most 6 blocks: columns are halved first (6 is the longest), then rows, then columns again: 2 x 3.
  @Test func blocksOfAnImage() {
    let found = labels(.equal, 6, Tensor([1, 4, 6, 1]))
    let row = [0, 0, 1, 1, 2, 2]
    #expect(found == row + row + row.map { $0 + 3 } + row.map { $0 + 3 })
  }

  /// Steps of a signal are its change points.
  @Test func changePointsOfASignal() {
    let levels: [(Float, Int)] = [(0, 7), (5, 4), (4, 9), (-3, 3)]
    let values = levels.flatMap { Array(repeating: $0.0, count: $0.1) }
    let expected = levels.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element.1) }
    #expect(labels(.regions, 4, Tensor([1, 23, 1], values)) == expected)
  }

  /// A square on a background, and another beside it in another channel.
  @Test func regionsOfAnImage() {
    var input = Tensor([1, 12, 12, 2])
    var expected = [Int](repeating: 0, count: 144)
    for row in 3..<7 {
      for column in 2..<6 {
        input[0, row, column, 0] = 1
        expected[row * 12 + column] = 1
      }
      for column in 6..<10 {
        input[0, row, column, 1] = 1
        expected[row * 12 + column] = 2
      }
    }
    // The background is not compact: it comes in parts, none of which reaches into a square.
    let found = labels(.regions, 12, input)
    for (a, b) in zip(found, expected) {
      for (c, d) in zip(found, expected) where a == c { #expect(b == d) }
    }
    #expect(Set(found).count == 12)
  }

  /// As many regions as wanted, each in one piece, for any rank.
  @Test(arguments: 1...3, [1, 2, 7, 30])
  func regionsAreConnected(rank: Int, count: Int) {
    let extents = Array([9, 8, 5].prefix(rank))
    let input = Tensor(Shape(batch: 1, spatial: extents, channels: 2), seed: UInt32(rank * 100 + count))
    let segments = Segmentation(.regions, count: count).segments(of: input)
    #expect(segments.count == min(count, input.shape.positions))
    var seen: Set<Int> = []
    for start in segments.labels.indices where !seen.contains(start) {
      let label = segments.labels[start]
      // A label that begins again elsewhere is not in one piece.
      #expect(!seen.contains { segments.labels[$0] == label })
      var open = [start]
      while let position = open.popLast() {
        guard seen.insert(position).inserted else { continue }
        open += neighbours(of: position, extents).filter { segments.labels[$0] == label }
      }
    }
  }

  private func neighbours(of position: Int, _ extents: [Int]) -> [Int] {
    extents.indices.flatMap { axis in
      let stride = extents[(axis + 1)...].reduce(1, *)
      let place = position / stride % extents[axis]
      return (place > 0 ? [position - stride] : []) + (place + 1 < extents[axis] ? [position + stride] : [])
    }
  }

  /// Ward's criterion by trying all neighbours at every step, for signals.
  @Test(arguments: 0..<8)
  func mergesAreThoseOfANaiveSearch(seed: UInt32) {
    let (length, count) = (14, 4)
    let input = Tensor([1, length, 2], seed: seed)
    let values = input.values.map { Double($0) }
    let mean = values.reduce(0, +) / Double(values.count)
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    let edge = Double(length) / Double(count)
    let features = (0..<length).map { position -> [Double] in
      let channels = [values[2 * position], values[2 * position + 1]]
      return channels.map { $0 / deviation } + [0.5 * Double(position) / edge]
    }
    func error(_ range: Range<Int>) -> Double {
      (0..<3).reduce(0) { sum, channel in
        let line = range.map { features[$0][channel] }
        let mean = line.reduce(0, +) / Double(line.count)
        return sum + line.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      }
    }
    var regions = (0..<length).map { $0..<($0 + 1) }
    while regions.count > count {
      func added(_ index: Int) -> Double {
        let (a, b) = (regions[index], regions[index + 1])
        return error(a.lowerBound..<b.upperBound) - error(a) - error(b)
      }
      let best = (0..<(regions.count - 1)).reduce(0) { added($1) < added($0) ? $1 : $0 }
      regions[best] = regions[best].lowerBound..<regions[best + 1].upperBound
      regions.remove(at: best + 1)
    }
    let expected = regions.enumerated().flatMap { index, range in range.map { _ in index } }
    #expect(labels(.regions, count, input) == expected)
  }
}
