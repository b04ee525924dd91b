import Networks
import TensorCore

/// A layer as it stands in a Keras file.
struct WrittenLayer: Equatable {
  /// One array of weights.
  struct Weight: Equatable {
    /// Its name in the layer: `kernel`.
    let name: String
    let values: Tensor
  }

  /// The class, as `class_name` has it.
  let layerClass: String
  /// The options that are the layer's own, beside name and type.
  var options: [String: JSONValue] = [:]
  /// The weights in the order of Keras.
  var weights: [Weight] = []
  /// What a use of the layer is given beside tensors.
  var arguments: [String: JSONValue] = [:]

  /// A layer of a class, with its options and weights.
  init(_ layerClass: String, _ options: [String: JSONValue] = [:], weights: [Weight] = []) {
    self.layerClass = layerClass
    self.options = options
    self.weights = weights
  }

  /// Whether the layer has the option whether it is trained: Keras 3 refuses it for some that have nothing to train.
  var takesTrainability: Bool { layerClass != "InputLayer" && !layerClass.hasPrefix("SpatialDropout") }

  /// Whether an activation may be an option of this layer instead of a layer of its own.
  var takesActivation: Bool { options["activation"] == .string("linear") && !weights.isEmpty }
}

/// Why an operation has no counterpart in Keras 2 and 3.
struct Unwritable: Error {
  let reason: String
}

/// A layer of a network that Keras has as well.
protocol KerasWritable {
  /// The layer of Keras that computes the same for inputs of given shapes, `[1, spatial..., channels]` each.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer
}

extension JSONValue {
  /// Whole numbers as a list.
  static func integers(_ values: [Int]) -> JSONValue { .array(values.map { .integer($0) }) }
}
