import Networks
import TensorCore

/// `Activation`, and the activations that are layers of their own.
enum ActivationReader: KerasLayer {
  static let classNames = ["Activation", "ReLU", "LeakyReLU", "ELU", "ThresholdedReLU", "Softmax"]

  /// The classes of layers that are functions of single values.
  static let elementwiseClasses: Set = ["ReLU", "LeakyReLU", "ELU", "ThresholdedReLU"]

  /// The functions of several channels, which are not element-wise.
  private static let channelFunctions = ["softmax", "log_softmax", "sparsemax", "glu"]

  static func order(of configuration: LayerConfiguration, rank: Int) throws(KerasFormatError) -> AxisOrder {
    if configuration.layerClass == "Softmax" { return try configuration.orderOfAxes("axis", rank: rank) }
    return channelFunctions.contains(configuration.activationName ?? "") ? .file : .any
  }

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let rank = source.inputs[0].rank
    if source.configuration.layerClass == "Softmax" {
      let axes = try source.configuration.axes("axis", rank: rank, default: [-1])
      return [axes.count == 1 ? SoftmaxLayer() : JointSoftmaxLayer(axes: axes)]
    }
    return try layers(for: source.configuration, rank: rank)
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
  /// The name of the function that the key `activation` asks for, when it is one.
  fileprivate var activationName: String? {
    values["activation"].flatMap { $0.text ?? $0["config"]?.text }
  }

  /// Refuses functions along the last axis of the file behind an operation whose channels are another one.
  func requireNoneAlongChannels(_ layers: some Sequence<any Layer>) throws(KerasFormatError) {
    for layer in layers
    where layer.role == .softmax || layer is GatedLinearUnitLayer || layer is SparsemaxLayer {
      throw unsupported(
        "the activation", "'\(activationName ?? "softmax")' along the last axis with channels_first",
        hint: "make it a layer of its own")
    }
  }

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
    guard let name = activationName else {
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
    if name == "sparsemax" { return [SparsemaxLayer()] }
    if name == "glu" { return [GatedLinearUnitLayer()] }
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
    "log_softmax", "celu", "glu", "hard_tanh", "hard_shrink", "soft_shrink", "tanh_shrink", "sparse_plus",
    "sparse_sigmoid", "sparsemax", "squareplus", "log_sigmoid",
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
    case "celu": self = .celu(alpha: 1)
    case "hard_tanh": self = .hardTanh
    case "hard_shrink": self = .hardShrink(threshold: 0.5)
    case "soft_shrink": self = .softShrink(threshold: 0.5)
    case "tanh_shrink": self = .tanhShrink
    case "sparse_plus": self = .sparsePlus
    case "sparse_sigmoid": self = .sparseSigmoid
    case "squareplus": self = .squareplus(b: 4)
    case "log_sigmoid": self = .logSigmoid
    default: return nil
    }
  }
}
