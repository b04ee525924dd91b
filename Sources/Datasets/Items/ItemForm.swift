import TensorCore

/// How an array holds the items of a model: where it has the channels, and how many.
struct ItemForm: Sendable, Equatable {
  /// Whether the channels are before the spatial axes.
  var hasChannelsFirst = false
  /// The channels in the array, 1 or 3, when the model takes images of 3 or 1.
  var channels: Int?

  /// The weights of red, green and blue in grey by ITU-R 601-2.
  private static let luminance: [Float] = [0.299, 0.587, 0.114]

  /// The shape that items have in the array, without what the array has before them.
  func stored(_ item: Shape) -> Shape {
    let channels = self.channels ?? item.channels
    return Shape([1] + (hasChannelsFirst ? [channels] + item.spatial : item.spatial + [channels]))
  }

  /// The values of one item as the model takes them: the channels last, grey repeated, colour made grey.
  func item(_ values: Tensor, as shape: Shape) -> Tensor {
    var values = values.reshaped(to: stored(shape))
    if hasChannelsFirst { values = values.permuted([0] + Array(2..<shape.rank) + [1]) }
    guard let channels, channels != shape.channels else { return values }
    let source = values.values
    guard channels == 3 else {
      return Tensor(shape, (0..<shape.count).map { source[$0 / shape.channels] })
    }
    return Tensor(
      shape,
      (0..<shape.count).map { position in
        (0..<3).reduce(Float(0)) { $0 + Self.luminance[$1] * source[position * 3 + $1] }
      })
  }

  /// The forms that a model's items may have in an array, the likeliest first.
  static func candidates(for item: Shape, expectsChannelsFirst: Bool) -> [ItemForm] {
    let other =
      item.spatial.count == 2 && (item.channels == 1 || item.channels == 3) ? 4 - item.channels : nil
    let counts: [Int?] = other == nil ? [nil] : [nil, other]
    return counts.flatMap { channels in
      (expectsChannelsFirst ? [true, false] : [false]).map {
        ItemForm(hasChannelsFirst: $0, channels: channels)
      }
    }
  }
}
