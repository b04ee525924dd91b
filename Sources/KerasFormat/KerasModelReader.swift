import HDF5Files
import Networks
import TensorCore

extension Model {
  /// Reads a model from a Keras file in the HDF5 format, as `model.save("file.h5")` writes it.
  ///
  /// - Parameter path: The file.
  /// - Throws: `KerasFormatError` when the file is not there, is damaged, or holds anything that would not be computed exactly as
  ///   Keras does: the error names the layer, its class and the file.
  public init(keras path: String) throws(KerasFormatError) {
    self = try KerasModelReader(path).model()
  }
}

/// Reads one Keras file.
struct KerasModelReader {
  private let path: String
  private let root: HDF5Group

  init(_ path: String) throws(KerasFormatError) {
    self.path = path
    root = try reading { () throws(HDF5Error) in try HDF5File(reading: path).root }
  }

  /// The model with its weights.
  func model() throws(KerasFormatError) -> Model {
    let configuration = try modelConfiguration()
    let modelClass = configuration["class_name"]?.text
    guard let modelClass else {
      throw .configuration(
        file: path, place: "the model", key: "class_name", expected: "a text",
        found: configuration["class_name"]?.summary ?? "nothing")
    }
    guard modelClass == "Sequential" else { throw .unsupportedModel(file: path, modelClass: modelClass) }
    let inner = configuration["config"] ?? .null
    // Before Keras 2.2.3 the configuration of a Sequential model was the bare list of its layers.
    guard let layers = inner.elements ?? inner["layers"]?.elements, !layers.isEmpty else {
      throw .configuration(
        file: path, place: "the model", key: "layers", expected: "a list of layers",
        found: (inner["layers"] ?? inner).summary)
    }
    let name = inner["name"]?.text ?? "sequential"
    var configurations: [LayerConfiguration] = []
    for (index, layer) in layers.enumerated() {
      configurations.append(try layerConfiguration(index + 1, layer))
    }
    return try sequential(name, configurations, buildShape: inner["build_input_shape"])
  }

  private func modelConfiguration() throws(KerasFormatError) -> JSONValue {
    let attribute = try reading { () throws(HDF5Error) in try root.attribute("model_config") }
    guard let attribute else { throw .noModel(file: path) }
    guard let text = attribute.text else {
      throw .configurationNotJSON(file: path, reason: "it is not a text")
    }
    do {
      return try JSONValue(parsing: text)
    } catch {
      throw .configurationNotJSON(file: path, reason: "\(text.count) characters that do not parse")
    }
  }

  private func kerasVersion() throws(KerasFormatError) -> KerasVersion {
    let attribute = try reading { () throws(HDF5Error) in try root.attribute("keras_version") }
    guard case .string(let text) = attribute else { return KerasVersion(parsing: nil) }
    return KerasVersion(parsing: text)
  }

  private func layerConfiguration(_ number: Int, _ value: JSONValue) throws(KerasFormatError)
    -> LayerConfiguration
  {
    guard let layerClass = value["class_name"]?.text else {
      throw .configuration(
        file: path, place: "layer number \(number)", key: "class_name", expected: "a text",
        found: value["class_name"]?.summary ?? "nothing")
    }
    guard let values = value["config"], let name = values["name"]?.text ?? value["name"]?.text else {
      throw .configuration(
        file: path, place: "layer number \(number) (\(layerClass))", key: "name", expected: "a text",
        found: value["config"]?["name"]?.summary ?? "nothing")
    }
    return LayerConfiguration(
      file: path, name: name, layerClass: layerClass, values: values, kerasVersion: try kerasVersion())
  }

  private func sequential(
    _ name: String, _ layers: [LayerConfiguration], buildShape: JSONValue?
  ) throws(KerasFormatError) -> Model {
    let weights = try root.groupIfPresent("model_weights") ?? root
    var assembly = GraphAssembly(file: path, name: name, weights: weights)
    let given = layers[0].values["batch_input_shape"] ?? layers[0].values["batch_shape"] ?? buildShape
    let inputName = layers[0].layerClass == "InputLayer" ? layers[0].name : "\(layers[0].name)_input"
    let rank = given?.elements?.count ?? 0
    var last = try assembly.addInput(
      inputName, shape: given, hasChannelsFirst: KerasLayers.haveChannelsFirst(layers, rank: rank))
    for layer in layers where layer.layerClass != "InputLayer" {
      last = try assembly.add(layer, after: [last])
    }
    return try assembly.model(outputs: [last])
  }
}
