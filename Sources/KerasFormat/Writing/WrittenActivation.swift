import Networks
import TensorCore

extension ActivationLayer: KerasWritable {
  /// `Activation`, or the layer of Keras that has the parameters of the function.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    if let name = activation.writtenName { return WrittenLayer("Activation", ["activation": .string(name)]) }
    switch activation {
    case .relu(let slope, let maximum, let threshold):
      return WrittenLayer(
        "ReLU",
        [
          "negative_slope": .number(Double(slope)), "threshold": .number(Double(threshold)),
          "max_value": maximum.isFinite ? .number(Double(maximum)) : .null,
        ])
    case .elu(let alpha): return WrittenLayer("ELU", ["alpha": .number(Double(alpha))])
    default:
      throw Unwritable(reason: "Keras 2 and 3 do not both have its function with the same meaning")
    }
  }
}

extension ParametricReLULayer: KerasWritable {
  /// `PReLU`, with the axes that share slopes.
  func written(for inputs: [Shape]) -> WrittenLayer {
    let shape = trainedSlopes.shape
    let shared = (1..<shape.rank).filter { shape[$0] == 1 && slopes.shape[$0] != 1 }
    let own = trainedSlopes.reshaped(to: Shape(Array(shape.extents.dropFirst())))
    return WrittenLayer(
      "PReLU", ["shared_axes": shared.isEmpty ? .null : .integers(shared)],
      weights: [.init(name: "alpha", values: own)])
  }
}

extension Activation {
  /// The name of the function in Keras 2 and 3 alike; `nil` when it has parameters or the two differ, as for `hard_sigmoid`.
  fileprivate var writtenName: String? {
    switch self {
    case .linear: "linear"
    case .relu(slope: 0, maximum: .infinity, threshold: 0): "relu"
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    case .elu(alpha: 1): "elu"
    case .selu: "selu"
    case .softplus: "softplus"
    case .softsign: "softsign"
    case .exponential: "exponential"
    case .silu: "swish"
    case .gelu(approximate: false): "gelu"
    case .mish: "mish"
    default: nil
    }
  }
}

extension SoftmaxLayer: KerasWritable {
  /// `Activation` with the function `softmax`.
  func written(for inputs: [Shape]) -> WrittenLayer {
    WrittenLayer("Activation", ["activation": .string("softmax")])
  }
}

extension IdentityLayer: KerasWritable {
  /// `Activation` with the function `linear`.
  func written(for inputs: [Shape]) -> WrittenLayer {
    WrittenLayer("Activation", ["activation": .string("linear")])
  }
}

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
