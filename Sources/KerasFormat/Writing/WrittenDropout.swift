import Networks
import TensorCore

extension DropoutLayer: KerasWritable {
  /// `Dropout`, or `SpatialDropout1D` to `3D` where channels are dropped at all positions.
  func written(for inputs: [Shape]) -> WrittenLayer {
    let rank = inputs[0].spatial.count
    guard unit == .channel, (1...3).contains(rank) else {
      return WrittenLayer("Dropout", ["rate": .number(rate)])
    }
    var options: [String: JSONValue] = ["rate": .number(rate)]
    // The layer for one axis knows no other format.
    if rank > 1 { options["data_format"] = .string("channels_last") }
    return WrittenLayer("SpatialDropout\(rank)D", options)
  }
}

extension GaussianNoiseLayer: KerasWritable {
  /// `GaussianNoise`.
  func written(for inputs: [Shape]) -> WrittenLayer {
    WrittenLayer("GaussianNoise", ["stddev": .number(deviation)])
  }
}
