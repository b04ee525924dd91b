import Networks
import TensorCore

extension ActivationLayer: KerasComposable {
  /// `Activation`, the layer of Keras that has the parameters of the function, or simple layers that together give the function.
  func composed(for inputs: [Shape]) throws(Unwritable) -> WrittenComposition {
    if let name = activation.writtenName { return WrittenComposition([.activation(name)]) }
    switch activation {
    case .relu(let slope, let maximum, let threshold) where threshold >= 0:
      return WrittenComposition([.rectifier(slope: slope, maximum: maximum, threshold: threshold)])
    case .thresholded(let threshold) where threshold >= 0:
      return WrittenComposition([.rectifier(slope: 0, maximum: .infinity, threshold: threshold)])
    case .elu(let alpha):
      return WrittenComposition([WrittenLayer("ELU", ["alpha": .number(Double(alpha))])])
    case .celu(let alpha):
      return WrittenComposition([
        .rescaling(1 / Double(alpha)), .activation("elu"), .rescaling(Double(alpha)),
      ])
    default: break
    }
    guard let composition = activation.composition else {
      throw Unwritable(reason: "Keras 2 and 3 do not both have its function with the same meaning")
    }
    return composition
  }
}

extension WrittenLayer {
  /// `ReLU` with all its parameters.
  fileprivate static func rectifier(slope: Float, maximum: Float, threshold: Float) -> WrittenLayer {
    WrittenLayer(
      "ReLU",
      [
        "negative_slope": .number(Double(slope)), "threshold": .number(Double(threshold)),
        "max_value": maximum.isFinite ? .number(Double(maximum)) : .null,
      ])
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
  var writtenName: String? {
    switch self {
    case .linear: "linear"
    case .relu(slope: 0, maximum: .infinity, threshold: 0): "relu"
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    case .elu(alpha: 1), .celu(alpha: 1): "elu"
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
  func written(for inputs: [Shape]) -> WrittenLayer { .activation("softmax") }
}

extension JointSoftmaxLayer: KerasComposable {
  /// `Activation` with the function `softmax` over the axes in line.
  func composed(for inputs: [Shape]) -> WrittenComposition {
    WrittenComposition(WrittenLayer.inLine(.activation("softmax"), axes: axes, of: inputs[0]))
  }
}

extension LogSoftmaxLayer: KerasWritable {
  /// `Activation` with the function `log_softmax`.
  func written(for inputs: [Shape]) -> WrittenLayer { .activation("log_softmax") }
}

extension IdentityLayer: KerasWritable {
  /// `Activation` with the function `linear`.
  func written(for inputs: [Shape]) -> WrittenLayer { .activation("linear") }
}

extension GatedLinearUnitLayer: KerasComposable {
  /// Both halves of the channels by `Cropping2D`, and the product of the first with the `sigmoid` of the second.
  func composed(for inputs: [Shape]) -> WrittenComposition {
    var result = WrittenComposition()
    let (shape, half) = (inputs[0], inputs[0].channels / 2)
    let halves = [0, half].map { start in
      result.add(
        WrittenLayer.part(of: shape, along: shape.rank - 1, .init(start: start, count: half)),
        after: .input(0))
    }
    let gate = result.add(.activation("sigmoid"), after: [halves[1]])
    result.add(WrittenLayer("Multiply"), after: [halves[0], gate])
    return result
  }
}
