import TensorCore

extension Tensor {
  /// The values of one channel at every position, in row-major order.
  ///
  /// A tensor without spatial axes is one channel of as many positions as it has features.
  func channel(_ index: Int) -> [Float] {
    guard shape.rank > 2 else { return values }
    let channels = shape.channels
    return withValues { values in
      stride(from: index, to: values.count, by: channels).map { values[$0] }
    }
  }

  /// The number of channels that are drawn on their own.
  var drawnChannels: Int { shape.rank > 2 ? shape.channels : 1 }

  /// Every channel of an image, cut at the middle of all axes but the last two that count.
  ///
  /// - Parameters:
  ///   - rows: The extent of the last but one axis.
  ///   - columns: The extent of the last axis.
  ///   - slices: Where the axes before them are cut.
  /// - Returns: One plane per channel.
  func planes(rows: Int, columns: Int, slices: [InputForm.Slice]) -> [Plane] {
    let slice = slices.reduce(0) { $0 * $1.extent + $1.index }
    let channels = shape.channels
    let start = slice * rows * columns * channels
    return withValues { values in
      (0..<channels).map { channel in
        let plane = (0..<(rows * columns)).map { values[start + $0 * channels + channel] }
        return Plane(rows: rows, columns: columns, values: plane)
      }
    }
  }
}
