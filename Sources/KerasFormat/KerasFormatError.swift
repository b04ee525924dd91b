import Archives
import Boundary
import HDF5Files
import Networks
import TensorCore

/// Why a Keras file cannot be read as a model.
public enum KerasFormatError: Failure {
  /// The file cannot be read as HDF5.
  case file(HDF5Error)
  /// The file is no sound zip archive.
  case archive(ArchiveError)
  /// A file that is not HDF5 cannot be read.
  case unreadable(file: String, reason: String)
  /// The archive lacks a part of a model.
  case missingEntry(file: String, entry: String)
  /// The file holds weights, or something else, but no model.
  case noModel(file: String)
  /// The model's configuration is not JSON.
  case configurationNotJSON(place: String, reason: String)
  /// A value of the configuration is missing or of another kind than expected.
  case configuration(file: String, place: String, key: String, expected: String, found: String)
  /// A kind of model that is not read.
  case unsupportedModel(file: String, modelClass: String)
  /// A kind of layer that is not known.
  case unknownLayer(file: String, layer: String, layerClass: String)
  /// An option of a known layer that is not supported.
  case unsupportedOption(
    file: String, layer: String, layerClass: String, option: String, value: String, hint: String)
  /// A layer reads a layer that the model does not have.
  case missingLayer(file: String, reader: String, layer: String)
  /// A layer reads a use of another that there is not.
  case missingCall(file: String, reader: String, layer: String, call: Int, count: Int)
  /// A layer reads an output of another that there is not.
  case missingOutput(file: String, reader: String, layer: String, output: Int, count: Int)
  /// A layer reads its own value by way of others.
  case cycle(file: String, layer: String)
  /// The graph has more operations than are accepted.
  case graphTooLarge(file: String, most: Int)
  /// A layer reads another number of tensors than it takes.
  case inputCount(file: String, layer: String, layerClass: String, expected: Int, found: Int)
  /// A function that is not known.
  case unknownOperation(file: String, layer: String, operation: String)
  /// A layer's weights are not in the file.
  case missingWeight(file: String, layer: String, layerClass: String, weight: String)
  /// A weight has another shape than the configuration asks for.
  case weightShape(file: String, weight: String, expected: [Int], found: [Int])
  /// A weight is infinite or not a number.
  case weightNotFinite(file: String, weight: String, index: Int)
  /// The input extents are not in the file.
  case unknownInput(file: String, found: String)
  /// The file leaves extents of an input open, `nil` in `[spatial..., channels]`; it says nothing of the input when there are none.
  case openInput(file: String, input: String, extents: [Int?])
  /// The shape that was asked for does not fit what the file says of an input.
  case inputShape(file: String, input: String, expected: [Int?], found: [Int])
  /// The layers do not fit each other.
  case model(file: String, ModelError)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .file(let error): error.failureClass
    case .unreadable: .missingFile
    case .inputShape: .usage
    default: .badData
    }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .file(let error):
      error.description
    case .archive(let error):
      error.description
    case .unreadable(let file, let reason):
      "'\(file)' cannot be read: \(reason)"
    case .missingEntry(let file, let entry):
      "'\(file)' is a zip archive without '\(entry)', so it holds no model of Keras; save the model again with model.save"
    case .noModel(let file):
      "'\(file)' has no attribute 'model_config', so it holds no model; give its architecture, the text of model.to_json(), as a file of "
        + "its own with --config, or save the whole model with model.save"
    case .configurationNotJSON(let place, let reason):
      "\(place) is not JSON (\(reason)); save the model again"
    case .configuration(let file, let place, let key, let expected, let found):
      "'\(file)': \(place) should have \(expected) as '\(key)', but has \(found)"
    case .unsupportedModel(let file, let modelClass):
      "'\(file)' holds a model of class '\(modelClass)'; only Sequential and Functional models can be read"
    case .unknownLayer(let file, let layer, let layerClass):
      "'\(file)': layer '\(layer)' has the class '\(layerClass)', which is not known; \(Self.help(for: layerClass))"
    case .unsupportedOption(let file, let layer, let layerClass, let option, let value, let hint):
      "'\(file)': layer '\(layer)' (\(layerClass)) has \(option) \(value), which is not supported; \(hint)"
    case .missingLayer(let file, let reader, let layer):
      "'\(file)': '\(reader)' reads layer '\(layer)', which the model does not have; save the model again"
    case .missingCall(let file, let reader, let layer, let call, let count):
      "'\(file)': '\(reader)' reads use number \(call) of layer '\(layer)', which has \(count) uses; save the model again"
    case .missingOutput(let file, let reader, let layer, let output, let count):
      "'\(file)': '\(reader)' reads output number \(output) of layer '\(layer)', which has \(count); save the model again"
    case .cycle(let file, let layer):
      "'\(file)': layer '\(layer)' reads its own value by way of other layers, so there is no order to compute them in; "
        + "save the model again"
    case .graphTooLarge(let file, let most):
      "'\(file)' describes a model of more than \(most) operations, more than are accepted; split the model"
    case .inputCount(let file, let layer, let layerClass, let expected, let found):
      "'\(file)': layer '\(layer)' (\(layerClass)) takes \(expected) \(expected == 1 ? "tensor" : "tensors"), "
        + "but reads \(found); save the model again"
    case .unknownOperation(let file, let layer, let operation):
      "'\(file)': '\(layer)' applies the function '\(operation)', which is not known; the known functions are "
        + "\(OperationReader.operationNames.joined(separator: ", ")); replace it by a layer or one of these"
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
    case .openInput(let file, let input, let extents):
      "'\(file)' leaves open which shape its input '\(input)' has (found \(Shape.text(extents))); give it with --input-shape, "
        + "such as --input-shape \(Shape.example(for: extents))"
    case .inputShape(let file, let input, let expected, let found):
      "'\(file)': the input '\(input)' has the shape \(Shape.text(expected)), which \(Shape.text(found)) does not fit; "
        + "give extents only where there is a question mark, and the channels last"
    case .model(let file, let error):
      "'\(file)': \(error.description)"
    }
  }
}

extension KerasFormatError {
  /// What would help with a layer of a class that is not known.
  private static func help(for layerClass: String) -> String {
    switch layerClass {
    case "Lambda":
      "its function is Python code, which is not run; build that part from layers, or from functions of keras.ops, and save the model again"
    case let name where name.contains(">"):
      "it is code of its own, which is not in the file; build that part from layers that Keras brings along and save the model again"
    default: "build that part from layers that Keras brings along and save the model again"
    }
  }
}

extension Shape {
  /// Extents for messages, which may come from outside.
  fileprivate static func text(_ extents: [Int]) -> String {
    extents.isEmpty ? "scalar" : extents.map(String.init).joined(separator: "x")
  }

  /// Extents of which some are open.
  fileprivate static func text(_ extents: [Int?]) -> String {
    extents.isEmpty ? "nothing" : extents.map { $0.map(String.init) ?? "?" }.joined(separator: "x")
  }

  /// A shape that would do.
  fileprivate static func example(for extents: [Int?]) -> String {
    let filled = extents.enumerated().map { $0.element ?? ($0.offset == extents.count - 1 ? 3 : 224) }
    return extents.isEmpty ? "224x224x3" : text(filled)
  }
}
