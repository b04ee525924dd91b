import TensorCore

/// How values are scaled before the model sees them: `(value * rescale - mean) / deviation`.
///
/// Pixels from 0 to 255 are divided by 255 unless another factor is given. Arrays are taken as they are unless a factor, a mean or a
/// deviation is given. The conventions of `keras.applications` are scalings, too; one of them also turns the channels round.
public struct InputScaling: Sendable, Equatable {
  /// The factor, or `nil` for the default.
  public var rescale: Double?
  /// What is subtracted: one number, or one per channel; nothing when empty.
  public var mean: [Double]
  /// What is divided by: one number, or one per channel; nothing when empty.
  public var deviation: [Double]
  /// The convention that the numbers stand for, when they were given by its name.
  public internal(set) var preprocessing: Preprocessing?

  /// Creates a scaling; the default is that of images and arrays.
  public init(rescale: Double? = nil, mean: [Double] = [], deviation: [Double] = []) {
    self.rescale = rescale
    self.mean = mean
    self.deviation = deviation
  }

  /// The scaled values of an item.
  ///
  /// - Parameters:
  ///   - values: `[1, spatial..., channels]`.
  ///   - isImage: Whether the values are pixels from 0 to 255.
  /// - Returns: A tensor of the same shape.
  /// - Throws: `InputError.channelCount` when there are neither one nor as many means or deviations as channels;
  ///   `InputError.preprocessingChannels` when the convention is for another number of channels.
  package func callAsFunction(_ values: Tensor, isImage: Bool) throws(InputError) -> Tensor {
    let channels = values.shape.channels
    if let preprocessing, let wanted = preprocessing.channels, wanted != channels {
      throw .preprocessingChannels(preprocessing, expected: wanted, found: channels)
    }
    for (option, numbers) in [("mean", mean), ("std", deviation)]
    where !numbers.isEmpty && numbers.count != 1 && numbers.count != channels {
      throw .channelCount(option: option, expected: channels, found: numbers.count)
    }
    if rescale == nil, mean.isEmpty, deviation.isEmpty, !isImage { return values }
    let factor = rescale ?? 1
    let divisor = rescale == nil && isImage ? 255.0 : 1
    let isReversed = preprocessing == .caffe
    var result = isReversed ? values.withReversedChannels : values
    result.withMutableValues { values in
      for index in values.indices {
        let channel = index % channels
        let mean = mean.isEmpty ? 0 : mean[mean.count == 1 ? 0 : channel]
        let deviation = deviation.isEmpty ? 1 : deviation[deviation.count == 1 ? 0 : channel]
        values[index] = Float((Double(values[index]) * factor / divisor - mean) / deviation)
      }
    }
    return result
  }
}

extension Tensor {
  /// The same positions with the last channel first.
  fileprivate var withReversedChannels: Tensor {
    let channels = shape.channels
    return Tensor(
      shape, values.indices.map { values[$0 - $0 % channels + channels - 1 - $0 % channels] })
  }
}
