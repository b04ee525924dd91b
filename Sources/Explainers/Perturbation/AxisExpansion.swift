/// How a line of cells becomes a longer line by linear interpolation.
struct AxisExpansion: Sendable {
  /// What positions outside the centres of the first and the last cell take.
  enum Border {
    /// The value of the outermost cell.
    case clamped
    /// The value as far inside the centre of the outermost cell: the mode `reflect` of `skimage.transform.resize`.
    case mirrored
  }

  /// The cells of the line.
  let length: Int
  /// For every new cell the lower of the two cells between which it lies.
  let low: [Int]
  /// The other one.
  let high: [Int]
  /// How far it is from the lower to the higher one.
  let fraction: [Float]

  /// Puts new cells over a line, both measured by the centres of cells: `source = (i + 1/2) * n / m - 1/2`.
  ///
  /// - Parameters:
  ///   - length: The cells of the line, at least one.
  ///   - extent: The number of new cells.
  ///   - border: What new cells beyond the outermost centres take.
  init(from length: Int, to extent: Int, border: Border) {
    self.length = length
    let last = Double(length - 1)
    let sources = (0..<extent).map { index in
      let source = (Double(index) + 0.5) * Double(length) / Double(extent) - 0.5
      switch border {
      case .clamped: return min(max(source, 0), last)
      case .mirrored:
        return length == 1 ? 0 : source < 0 ? -source : source > last ? 2 * last - source : source
      }
    }
    low = sources.map { min(Int($0), max(length - 2, 0)) }
    high = low.map { min($0 + 1, length - 1) }
    fraction = zip(sources, low).map { Float($0 - Double($1)) }
  }

  /// Expands a grid of cells and cuts a part out of it.
  ///
  /// - Parameters:
  ///   - cells: The cells, last axis fastest.
  ///   - axes: For every axis how its lines become longer.
  ///   - offsets: Where the part begins on every axis.
  ///   - extents: How long it is.
  ///   - target: Memory for the part, which is initialised.
  static func expand(
    _ cells: [Float], along axes: [AxisExpansion], from offsets: [Int], to extents: [Int],
    into target: UnsafeMutableBufferPointer<Float>
  ) {
    var cells = cells
    var inner = 1
    for axis in axes.indices.reversed() {
      let outer = cells.count / (axes[axis].length * inner)
      let count = outer * extents[axis] * inner
      func run(_ memory: UnsafeMutableBufferPointer<Float>) {
        cells.withUnsafeBufferPointer {
          axes[axis].expandLines($0, outer, inner, from: offsets[axis], to: extents[axis], into: memory)
        }
      }
      if axis == 0 {
        run(target)
      } else {
        cells = [Float](unsafeUninitializedCapacity: count) { memory, initialized in
          run(memory)
          initialized = count
        }
      }
      inner *= extents[axis]
    }
  }

  private func expandLines(
    _ cells: UnsafeBufferPointer<Float>, _ outer: Int, _ inner: Int, from offset: Int, to extent: Int,
    into target: UnsafeMutableBufferPointer<Float>
  ) {
    guard let source = cells.baseAddress, let target = target.baseAddress else { return }
    for block in 0..<outer {
      for index in 0..<extent {
        let share = fraction[index + offset]
        let a = source + (block * length + low[index + offset]) * inner
        let b = source + (block * length + high[index + offset]) * inner
        let result = target + (block * extent + index) * inner
        for lane in 0..<inner { (result + lane).initialize(to: a[lane] + share * (b[lane] - a[lane])) }
      }
    }
  }
}
