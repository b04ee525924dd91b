import Networks
import TensorCore

/// `Activation`, and the activations that are layers of their own.
enum ActivationReader: KerasLayer {
  static let classNames = ["Activation", "ReLU", "LeakyReLU", "ELU", "ThresholdedReLU", "Softmax"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    try layers(for: source.configuration, rank: source.inputs[0].rank)
  }

  /// The operations of an activation on inputs with a number of axes, the batch axis among them.
  static func layers(
    for configuration: LayerConfiguration, rank: Int
  ) throws(KerasFormatError) -> [any Layer] {
    switch configuration.layerClass {
    case "ReLU":
      let slope = try configuration.number("negative_slope", default: 0)
      let threshold = try configuration.number("threshold", default: 0)
      let maximum = try configuration.number("max_value", default: .infinity)
      return [
        ActivationLayer(.relu(slope: Float(slope), maximum: Float(maximum), threshold: Float(threshold)))
      ]
    case "LeakyReLU":
      let older = try configuration.number("alpha", default: 0.3)
      return [
        ActivationLayer(.relu(slope: Float(try configuration.number("negative_slope", default: older))))
      ]
    case "ELU":
      return [ActivationLayer(.elu(alpha: Float(try configuration.number("alpha", default: 1))))]
    case "ThresholdedReLU":
      return [ActivationLayer(.thresholded(at: Float(try configuration.number("theta", default: 1))))]
    case "Softmax":
      let axis = configuration.values["axis"]
      guard axis == nil || axis?.wholeNumber == -1 || axis?.wholeNumber == rank - 1 else {
        throw configuration.unsupported(
          "the axis", axis?.summary ?? "", hint: "only the last axis can be normalised")
      }
      return [SoftmaxLayer()]
    default:
      let layers = try configuration.activationLayers(rank: rank)
      return layers.isEmpty ? [IdentityLayer()] : layers
    }
  }
}

extension LayerConfiguration {
  /// The operation that the key `activation` asks for: none when it is linear.
  ///
  /// The key holds the name of a function, or an object: with the name of a function as its configuration, or with that of a layer,
  /// as `Dense(4, activation=LeakyReLU(0.1))` writes it.
  ///
  /// - Parameter rank: The number of axes of what the activation acts on, the batch axis among them.
  /// - Returns: No operation or one.
  /// - Throws: `KerasFormatError` when the activation is not known.
  package func activationLayers(rank: Int) throws(KerasFormatError) -> [any Layer] {
    guard let value = values["activation"] else { return [] }
    guard let name = value.text ?? value["config"]?.text else {
      guard let layerClass = value["class_name"]?.text else {
        throw wrong("activation", expected: "the name of an activation")
      }
      guard ActivationReader.classNames.contains(layerClass), layerClass != "Activation" else {
        throw unsupported(
          "the activation", "'\(layerClass)'", hint: "make it a layer of its own or use a function")
      }
      let activation = LayerConfiguration(
        file: file, name: self.name, layerClass: layerClass, values: value["config"] ?? .object([:]),
        kerasVersion: kerasVersion)
      return try ActivationReader.layers(for: activation, rank: rank)
    }
    if name == "softmax" { return [SoftmaxLayer()] }
    if name == "log_softmax" { return [LogSoftmaxLayer()] }
    guard let activation = Activation(kerasName: name, version: kerasVersion) else {
      throw unsupported(
        "the activation", "'\(name)'",
        hint: "the known ones are \(Activation.kerasNames.joined(separator: ", "))")
    }
    return activation == .linear ? [] : [ActivationLayer(activation)]
  }
}

extension Activation {
  /// The names that Keras gives to activations.
  static let kerasNames = [
    "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "sigmoid", "hard_sigmoid", "tanh", "softmax",
    "softplus",
    "softsign", "exponential", "swish", "silu", "hard_swish", "hard_silu", "gelu", "mish",
    "log_softmax",
  ]

  /// The activation of a name, which for `hard_sigmoid` depends on the version.
  init?(kerasName name: String, version: KerasVersion) {
    switch name {
    case "linear": self = .linear
    case "relu": self = .relu()
    case "relu6": self = .relu(maximum: 6)
    case "leaky_relu": self = .relu(slope: 0.2)
    case "elu": self = .elu(alpha: 1)
    case "selu": self = .selu
    case "sigmoid": self = .sigmoid
    case "hard_sigmoid": self = .hardSigmoid(slope: version.major >= 3 ? 1 / 6 : 0.2)
    case "tanh": self = .tanh
    case "softplus": self = .softplus
    case "softsign": self = .softsign
    case "exponential": self = .exponential
    case "swish", "silu": self = .silu
    case "hard_swish", "hard_silu": self = .hardSilu
    case "gelu": self = .gelu(approximate: false)
    case "mish": self = .mish
    default: return nil
    }
  }
}
