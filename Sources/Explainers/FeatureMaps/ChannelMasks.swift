import Networks
import TensorCore

/// Feature maps as masks of the input, one for every channel.
struct ChannelMasks {
  /// `[1, spatial..., channels]`.
  let maps: Tensor
  /// The item that is masked.
  let input: Tensor
  /// How a map is brought to the input's resolution.
  let interpolation: Interpolation
  /// Whether maps are normalised before they are resized, instead of afterwards.
  let normalizesFirst: Bool
  /// For every channel whether it is the same everywhere; its mask is zero.
  let constant: [Bool]

  /// Prepares masks.
  init(maps: Tensor, input: Tensor, interpolation: Interpolation, normalizesFirst: Bool) {
    self.maps = maps
    self.input = input
    self.interpolation = interpolation
    self.normalizesFirst = normalizesFirst
    let (values, channels) = (maps.values, maps.shape.channels)
    constant = (0..<channels).map { channel in
      stride(from: channel, to: values.count, by: channels).allSatisfy { values[$0] == values[channel] }
    }
  }

  /// The channels that need a pass of their own; one that stands for all that are the same everywhere comes last.
  private var passing: [Int] {
    constant.indices.filter { !constant[$0] } + constant.indices.filter { constant[$0] }.prefix(1)
  }

  /// The number of passes that scores take.
  var passes: Int { passing.count }

  /// The score of the input behind every mask.
  ///
  /// Masked inputs are made and run in batches that depend on the model and their number alone.
  ///
  /// - Throws: `ModelError` when a score is not a number.
  func scores(of target: Target, _ model: Model) throws(ModelError) -> [Double] {
    let channels = passing
    let batches = model.streamed(channels.count)
    var found: [Double] = []
    try Threads.stream(batches.count) { (batch) throws(ModelError) in
      let items = Tensor(joining: channels[batches[batch]].map { masked(by: $0, model) })
      return try model.score(target, at: items).scores
    } into: {
      found += $0
    }
    var scores = [Double](repeating: found.last ?? 0, count: constant.count)
    for (channel, score) in zip(channels, found) where !constant[channel] { scores[channel] = score }
    return scores
  }

  /// The input behind the mask of one channel.
  private func masked(by channel: Int, _ model: Model) -> Tensor {
    if constant[channel] { return Tensor(input.shape) }
    let map = maps.channel(channel)
    let mask =
      normalizesFirst
      ? model.overInput(map.normalized, of: input.shape, by: interpolation)
      : model.overInput(map, of: input.shape, by: interpolation).normalized
    let repeats = input.count / mask.count
    return Tensor(input.shape) { target in
      input.withValues { values in
        mask.withValues { mask in
          for index in values.indices {
            target.initializeElement(at: index, to: values[index] * mask[index / repeats])
          }
        }
      }
    }
  }
}

extension Tensor {
  /// The elements shifted and scaled to 0...1; zeros when all are equal.
  fileprivate var normalized: Tensor {
    let (low, high) = (Double(minimum), Double(maximum))
    guard high > low else { return Tensor(shape) }
    return map { Float((Double($0) - low) / (high - low)) }
  }
}
