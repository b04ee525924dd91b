import TensorCore

/// Masks made of the feature maps of a layer: each brought to the positions of the input and to the range from zero to one.
struct FeatureMasks: Sendable {
  /// What keeps a mask's range from being zero.
  static let stabilizer: Float = 1e-6

  /// The feature maps that masks are made of, in the order of the masks.
  let channels: [Int]
  private let maps: Tensor
  private let extents: [Int]
  private let axes: [AxisExpansion]

  /// Prepares masks.
  ///
  /// - Parameters:
  ///   - channels: The feature maps that are used.
  ///   - maps: `[1, spatial..., channels]`.
  ///   - extents: The positions of the input, on as many axes.
  init(of channels: [Int], _ maps: Tensor, over extents: [Int]) {
    self.channels = channels
    self.maps = maps
    self.extents = extents
    axes = zip(maps.shape.spatial, extents).map { AxisExpansion(from: $0, to: $1, border: .clamped) }
  }

  /// Makes a mask: `(map - min) / (max - min + 1e-6)` of the resized map.
  ///
  /// - Parameters:
  ///   - index: The position in `channels`.
  ///   - target: Memory for one number for every position, which is initialised.
  func write(_ index: Int, into target: UnsafeMutableBufferPointer<Float>) {
    let (channel, count) = (channels[index], maps.shape.channels)
    let cells = maps.withValues { values in
      stride(from: channel, to: values.count, by: count).map { values[$0] }
    }
    AxisExpansion.expand(cells, along: axes, from: extents.map { _ in 0 }, to: extents, into: target)
    let low = target.min() ?? 0
    let scale = 1 / ((target.max() ?? 0) - low + Self.stabilizer)
    for position in target.indices { target[position] = (target[position] - low) * scale }
  }

  /// The feature maps that have more than one value: the others would make a mask of zeros.
  static func varying(_ maps: Tensor) -> Set<Int> {
    let channels = maps.shape.channels
    return maps.withValues { values in
      Set(
        (0..<channels).filter { channel in
          stride(from: channel, to: values.count, by: channels).contains { values[$0] != values[channel] }
        })
    }
  }
}
