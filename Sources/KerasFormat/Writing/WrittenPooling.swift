import Networks
import TensorCore

extension PoolingLayer: KerasWritable {
  /// `MaxPooling1D` to `AveragePooling3D`.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    let window = pooling.window
    guard window.padding != .causal, window.dilation.allSatisfy({ $0 == 1 }) else {
      throw Unwritable(reason: "poolings of Keras have neither causal padding nor dilation")
    }
    return WrittenLayer(
      "\(pooling.kind.kerasName)Pooling\(window.spatialRank)D",
      [
        "pool_size": .integers(window.kernel), "strides": .integers(window.stride),
        "padding": .string(try window.padding.kerasName), "data_format": .string("channels_last"),
      ])
  }
}

extension GlobalPoolingLayer: KerasWritable {
  /// `GlobalMaxPooling1D` to `GlobalAveragePooling3D`.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    let axes = inputs[0].spatial.count
    guard (1...3).contains(axes) else {
      throw Unwritable(reason: "Keras pools over one to three spatial axes, not \(axes)")
    }
    var options: [String: JSONValue] = ["data_format": .string("channels_last")]
    // Versions before 2.6 do not know the option.
    if keepsAxes { options["keepdims"] = .boolean(true) }
    return WrittenLayer("Global\(kind.kerasName)Pooling\(axes)D", options)
  }
}

extension Pooling.Kind {
  /// What Keras calls it.
  fileprivate var kerasName: String {
    switch self {
    case .maximum: "Max"
    case .average: "Average"
    }
  }
}
