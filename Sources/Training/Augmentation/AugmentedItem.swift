import TensorCore

/// The values of one item while it is augmented.
public struct AugmentedItem {
  /// The values in row-major order, `[spatial..., channels]`.
  public let values: UnsafeMutableBufferPointer<Float>
  /// As much memory again; what it holds is left over from other operations.
  public let scratch: UnsafeMutableBufferPointer<Float>
  /// The extents of the spatial axes.
  public let spatial: [Int]
  /// The number of channels.
  public let channels: Int

  /// Copies the values into the scratch memory, for an operation that puts others in their places.
  ///
  /// - Returns: The copies.
  public func copied() -> UnsafeBufferPointer<Float> {
    _ = scratch.update(fromContentsOf: values)
    return UnsafeBufferPointer(scratch)
  }

  /// The number of values from one position of an axis to the next.
  public func step(along axis: Int) -> Int { spatial[(axis + 1)...].reduce(channels, *) }
}
