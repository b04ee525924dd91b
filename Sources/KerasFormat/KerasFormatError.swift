import Boundary
import HDF5Files
import Networks
import TensorCore

/// Why a Keras file cannot be read as a model.
public enum KerasFormatError: Failure {
  /// The file cannot be read as HDF5.
  case file(HDF5Error)
  /// The file holds weights, or something else, but no model.
  case noModel(file: String)
  /// The model's configuration is not JSON.
  case configurationNotJSON(file: String, reason: String)
  /// A value of the configuration is missing or of another kind than expected.
  case configuration(file: String, place: String, key: String, expected: String, found: String)
  /// A kind of model that is not read.
  case unsupportedModel(file: String, modelClass: String)
  /// A kind of layer that is not known.
  case unknownLayer(file: String, layer: String, layerClass: String)
  /// An option of a known layer that is not supported.
  case unsupportedOption(
    file: String, layer: String, layerClass: String, option: String, value: String, hint: String)
  /// A layer's weights are not in the file.
  case missingWeight(file: String, layer: String, layerClass: String, weight: String)
  /// A weight has another shape than the configuration asks for.
  case weightShape(file: String, weight: String, expected: [Int], found: [Int])
  /// A weight is infinite or not a number.
  case weightNotFinite(file: String, weight: String, index: Int)
  /// The input extents are not in the file.
  case unknownInput(file: String, found: String)
  /// The layers do not fit each other.
  case model(file: String, ModelError)

  /// The class of the failure.
  public var failureClass: FailureClass {
    if case .file(let error) = self { error.failureClass } else { .badData }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .file(let error):
      error.description
    case .noModel(let file):
      "'\(file)' has no attribute 'model_config', so it holds no model; save the whole model with model.save, not only its weights"
    case .configurationNotJSON(let file, let reason):
      "the attribute 'model_config' of '\(file)' is not JSON (\(reason)); save the model again"
    case .configuration(let file, let place, let key, let expected, let found):
      "'\(file)': \(place) should have \(expected) as '\(key)', but has \(found)"
    case .unsupportedModel(let file, let modelClass):
      "'\(file)' holds a model of class '\(modelClass)'; only Sequential models can be read"
    case .unknownLayer(let file, let layer, let layerClass):
      "'\(file)': layer '\(layer)' has the class '\(layerClass)', which is not known; "
        + "the known classes are \(KerasLayers.classListing)"
    case .unsupportedOption(let file, let layer, let layerClass, let option, let value, let hint):
      "'\(file)': layer '\(layer)' (\(layerClass)) has \(option) \(value), which is not supported; \(hint)"
    case .missingWeight(let file, let layer, let layerClass, let weight):
      "'\(file)' has no weight '\(weight)' for layer '\(layer)' (\(layerClass)); save the model again with its weights"
    case .weightShape(let file, let weight, let expected, let found):
      "'\(file)': the weight '\(weight)' should have shape \(Shape.text(expected)) by the configuration, "
        + "but has shape \(Shape.text(found))"
    case .weightNotFinite(let file, let weight, let index):
      "'\(file)': element \(index) of the weight '\(weight)' is not a finite number, so the model cannot answer; "
        + "use a checkpoint from before the training diverged"
    case .unknownInput(let file, let found):
      "'\(file)' does not say which shape its input has (found \(found)); save the model with a fixed input shape"
    case .model(let file, let error):
      "'\(file)': \(error.description)"
    }
  }
}

extension Shape {
  /// Extents for messages, which may come from outside.
  fileprivate static func text(_ extents: [Int]) -> String {
    extents.isEmpty ? "scalar" : extents.map(String.init).joined(separator: "x")
  }
}
