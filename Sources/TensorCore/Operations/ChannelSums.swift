/// Sums of every channel over all items and positions.
///
/// They are accumulated in 64 bits, in blocks of positions that follow from the shape alone and are added in order: no sum depends on the
/// number of threads.
package enum ChannelSums {
  /// The most blocks.
  private static let mostBlocks = 16
  /// Elements of a block that are worth a thread.
  private static let leastElements = 1 << 14

  /// The sums of the elements.
  package static func values(_ tensor: Tensor) -> [Double] {
    let channels = tensor.shape.channels
    return blocked(tensor.count, channels, sums: 1) { positions, sums in
      withExtendedLifetime(tensor) {
        for first in positions.lazy.map({ tensor.start + $0 * channels }) {
          for channel in 0..<channels { sums[channel] += Double(first[channel]) }
        }
      }
    }
  }

  /// The sums of the squared distances to one number per channel.
  package static func squares(_ tensor: Tensor, around center: [Double]) -> [Double] {
    let channels = tensor.shape.channels
    return blocked(tensor.count, channels, sums: 1) { positions, sums in
      center.withUnsafeBufferPointer { center in
        withExtendedLifetime(tensor) {
          for first in positions.lazy.map({ tensor.start + $0 * channels }) {
            for channel in 0..<channels {
              let distance = Double(first[channel]) - center[channel]
              sums[channel] += distance * distance
            }
          }
        }
      }
    }
  }

  /// The sums of the elements of a tensor, and those of their products with the distances of another to one number per channel.
  ///
  /// - Parameters:
  ///   - tensor: `[batch, spatial..., channels]`.
  ///   - other: A tensor of the same shape.
  ///   - center: One number per channel.
  /// - Returns: Two sums per channel.
  package static func products(
    _ tensor: Tensor, _ other: Tensor, around center: [Double]
  ) -> (values: [Double], products: [Double]) {
    precondition(tensor.shape == other.shape, "\(tensor.shape) and \(other.shape) have no products")
    let channels = tensor.shape.channels
    let sums = blocked(tensor.count, channels, sums: 2) { positions, sums in
      center.withUnsafeBufferPointer { center in
        withExtendedLifetime((tensor, other)) {
          for start in positions.lazy.map({ $0 * channels }) {
            let (a, b) = (tensor.start + start, other.start + start)
            for channel in 0..<channels {
              let value = Double(a[channel])
              sums[channel] += value
              sums[channels + channel] += value * (Double(b[channel]) - center[channel])
            }
          }
        }
      }
    }
    return (Array(sums[..<channels]), Array(sums[channels...]))
  }

  /// Memory for the sums of blocks, of which every task writes a part of its own.
  private struct Sums: @unchecked Sendable {
    let start: UnsafeMutablePointer<Double>
  }

  private static func blocked(
    _ count: Int, _ channels: Int, sums: Int,
    _ add: @Sendable (Range<Int>, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    let size = sums * channels
    let positions = count / max(channels, 1)
    let blocks = max(1, min(mostBlocks, count / leastElements))
    let memory = Sums(start: .allocate(capacity: max(blocks * size, 1)))
    defer { memory.start.deallocate() }
    memory.start.initialize(repeating: 0, count: blocks * size)
    Threads.forEach(blocks) { block in
      let range = (block * positions / blocks)..<((block + 1) * positions / blocks)
      add(range, memory.start + block * size)
    }
    return (0..<size).map { index in
      (0..<blocks).reduce(0.0) { $0 + memory.start[$1 * size + index] }
    }
  }
}
