extension AffineMap {
  /// Replaces an item by what the map takes from it, interpolated linearly along every axis.
  ///
  /// - Parameters:
  ///   - item: The item.
  ///   - fill: What is outside of it.
  package func resample(_ item: AugmentedItem, fill: FillMode) {
    let spatial = item.spatial
    let source = item.copied()
    guard let last = spatial.last, !item.values.isEmpty else { return }
    let steps = spatial.indices.map { item.step(along: $0) }
    let middles = spatial.map { Double($0 - 1) / 2 }
    // Where the output begins in the input: the map of the first corner, from the middle.
    let begin = (0..<rank).map { row in
      (0..<rank).reduce(middles[row] + offset[row]) { $0 - matrix[row * rank + $1] * middles[$1] }
    }
    var line = [Double](repeating: 0, count: rank)
    var position = [Int](repeating: 0, count: rank)
    withUnsafeTemporaryAllocation(of: Corner.self, capacity: 1 << rank) { corners in
      for first in stride(from: 0, to: item.values.count, by: last * item.channels) {
        for row in 0..<rank {
          line[row] = begin[row]
          for column in 0..<(rank - 1) { line[row] += matrix[row * rank + column] * Double(position[column]) }
        }
        for index in 0..<last {
          var count = 1
          corners[0] = Corner(offset: 0, weight: 1)
          for row in 0..<rank {
            let place = line[row] + matrix[row * rank + rank - 1] * Double(index)
            count = split(corners, count, at: place, extent: spatial[row], step: steps[row], fill)
          }
          let target = first + index * item.channels
          for channel in 0..<item.channels {
            item.values[target + channel] = count == 0 ? fill.value : 0
          }
          for corner in corners[..<count] {
            for channel in 0..<item.channels {
              item.values[target + channel] += corner.weight * source[corner.offset + channel]
            }
          }
        }
        // The next line, as a number whose digits are the positions.
        var axis = rank - 2
        while axis >= 0 {
          position[axis] += 1
          guard position[axis] == spatial[axis] else { break }
          position[axis] = 0
          axis -= 1
        }
      }
    }
  }

  /// A sample of the input and how much of it counts.
  private struct Corner {
    var offset: Int
    var weight: Float
  }

  /// Moves corners along an axis; between two samples there are two for each.
  ///
  /// - Returns: The number of corners; 0 outside of an item that is filled with one value.
  @inline(__always)
  private func split(
    _ corners: UnsafeMutableBufferPointer<Corner>, _ count: Int, at place: Double, extent: Int, step: Int,
    _ fill: FillMode
  ) -> Int {
    guard count > 0 else { return 0 }
    var place = place
    let last = Double(extent - 1)
    switch fill {
    case .nearest: place = min(max(place, 0), last)
    case .constant: if place < 0 || place > last { return 0 }
    case .reflect:
      // The mirrored item repeats after twice its extent.
      let period = 2 * Double(extent)
      if place < -0.5 || place > last + 0.5 {
        place += 0.5
        place -= (place / period).rounded(.down) * period
        place = min(place, period - place) - 0.5
      }
      place = min(max(place, 0), last)
    }
    let low = Int(place)
    let weight = Float(place - Double(low))
    for corner in 0..<count { corners[corner].offset += low * step }
    if weight == 0 { return count }
    for corner in 0..<count {
      let both = corners[corner]
      corners[corner].weight = both.weight * (1 - weight)
      corners[count + corner] = Corner(offset: both.offset + step, weight: both.weight * weight)
    }
    return 2 * count
  }
}

extension FillMode {
  /// The value outside, of `constant`.
  fileprivate var value: Float { if case .constant(let value) = self { value } else { 0 } }
}
