import Networks
import TensorCore

/// Functions that were applied to the values of layers: `x * 2 + y`, `tf.nn.relu(x)`, `ops.mean(x, axis=1)`.
///
/// TensorFlow's Keras saves them as `TFOpLambda` and `SlicingOpLambda`, 2.2 and 2.3 as `TensorFlowOpLayer`; Keras 3 as classes of `keras.ops`.
enum OperationReader: KerasLayer {
  /// What the classes of `keras.ops` are called here, for some have the name of a layer's class.
  static let classPrefix = "keras.ops."
  static let classNames = ["TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer"]
  static let inputCount = 1...Int.max
  static let ignoresCall = false

  /// The functions that can be read, for messages.
  static var operationNames: [String] { operations.keys.sorted() + Activation.functionNames }

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let call = OperationCall(source)
    let key = aliases[call.key] ?? call.key
    if let read = operations[key] { return try read(call) }
    if let layers = try activation(key, call) { return layers }
    throw .unknownOperation(
      file: source.configuration.file, layer: source.configuration.name, operation: call.name)
  }

  private static let operations: [String: @Sendable (OperationCall) throws(KerasFormatError) -> [any Layer]] =
    [
      "add": { call throws(KerasFormatError) in try call.arithmetic(.add) },
      "subtract": { call throws(KerasFormatError) in try call.arithmetic(.subtract) },
      "multiply": { call throws(KerasFormatError) in try call.arithmetic(.multiply) },
      "divide": { call throws(KerasFormatError) in try call.arithmetic(.divide) },
      "maximum": { call throws(KerasFormatError) in try call.arithmetic(.maximum) },
      "minimum": { call throws(KerasFormatError) in try call.arithmetic(.minimum) },
      "negative": { call throws(KerasFormatError) in try call.negation() },
      "mean": { call throws(KerasFormatError) in try call.reduction(.mean) },
      "sum": { call throws(KerasFormatError) in try call.reduction(.sum) },
      "concatenate": { call throws(KerasFormatError) in try call.concatenation() },
      "reshape": { call throws(KerasFormatError) in try call.reshaping() },
      "expanddims": { call throws(KerasFormatError) in try call.expansion() },
      "squeeze": { call throws(KerasFormatError) in try call.squeezing() },
      "getitem": { call throws(KerasFormatError) in try call.slicing() },
      "identity": { _ in [IdentityLayer()] },
    ]

  /// The other names of the functions, in lower case and without underscores.
  private static let aliases = [
    "addv2": "add", "biasadd": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide",
    "truedivide": "divide", "realdiv": "divide", "div": "divide", "neg": "negative", "reducemean": "mean",
    "reducesum": "sum", "concat": "concatenate", "concatv2": "concatenate", "exp": "exponential",
    "swish": "silu", "hardswish": "hardsilu",
  ]

  private static func activation(_ key: String, _ call: OperationCall) throws(KerasFormatError)
    -> [any Layer]?
  {
    switch key {
    case "softmax", "logsoftmax":
      let axis = try call.wholeNumber("axis", at: 1) ?? -1
      guard call.source.axis(axis) == call.source.inputs[0].rank - 1 else {
        throw call.unsupported("the axis", "\(axis)", hint: "only the last axis can be normalised")
      }
      return [key == "softmax" ? SoftmaxLayer() : LogSoftmaxLayer()]
    case "leakyrelu":
      // The functions of TensorFlow and of Keras 3 have the same default.
      let slope = try call.number(call.isModern ? "negative_slope" : "alpha", at: 1) ?? 0.2
      return [ActivationLayer(.relu(slope: Float(slope)))]
    case "elu":
      return [ActivationLayer(.elu(alpha: Float(try call.number("alpha", at: 1) ?? 1)))]
    case "relu":
      for name in ["alpha", "negative_slope", "max_value", "threshold"] {
        guard try call.number(name, at: nil) ?? 0 == 0 else {
          throw call.unsupported("the argument", "'\(name)'", hint: "use a ReLU layer instead")
        }
      }
      return [ActivationLayer(.relu())]
    case "gelu":
      let approximate = call.argument("approximate", at: 1)?.truth
      return [ActivationLayer(.gelu(approximate: approximate ?? (call.isModern ? true : false)))]
    default:
      guard let activation = Activation.function(key, version: call.source.configuration.kerasVersion) else {
        return nil
      }
      return [ActivationLayer(activation)]
    }
  }
}

extension Activation {
  /// The activations that are read as functions, in lower case and without underscores.
  fileprivate static let functionNames =
    kerasNames.filter { $0 != "linear" && $0 != "leaky_relu" }.map { $0.filter { $0 != "_" } } + ["leakyrelu"]

  /// The activation of a function's name in lower case and without underscores.
  fileprivate static func function(_ key: String, version: KerasVersion) -> Activation? {
    kerasNames.first { $0.filter { $0 != "_" } == key }.flatMap {
      Activation(kerasName: $0, version: version)
    }
  }
}
