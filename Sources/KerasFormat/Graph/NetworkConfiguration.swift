/// The configuration of a model: its layers and what each of them reads, whether the file calls it Sequential or Functional.
struct NetworkConfiguration {
  /// A layer of the model, or a model inside it.
  struct Member {
    /// The configuration; of a model inside the model, the object that describes it.
    let configuration: LayerConfiguration
    /// The uses.
    let calls: [LayerCall]
    /// The model that it is.
    let network: NetworkConfiguration?
    /// What the file calls an object that stands in it at several places.
    var sharedID: Int?
  }

  /// What the file calls the model.
  let name: String
  /// `Sequential`, `Functional` or `Model`.
  let modelClass: String
  /// The layers in the order of the file.
  let members: [Member]
  /// Where data enters.
  let inputs: [TensorReference]
  /// The answer.
  let outputs: [TensorReference]

  /// The classes of models that are read.
  static let classNames = ["Sequential", "Functional", "Model"]
}

/// Reads the configuration of models.
struct NetworkConfigurationReader {
  let file: String
  let kerasVersion: KerasVersion

  /// Reads the object `{"class_name": ..., "config": ...}` of a model.
  ///
  /// - Parameters:
  ///   - value: The object.
  ///   - place: What messages call the model, `the model` or `layer 'inner'`.
  /// - Returns: The model with the models inside it.
  /// - Throws: `KerasFormatError` when a part is missing or of another kind than expected.
  func network(_ value: JSONValue, place: String = "the model") throws(KerasFormatError)
    -> NetworkConfiguration
  {
    guard let modelClass = value["class_name"]?.text else {
      throw wrong(place, "class_name", expected: "a text", value["class_name"])
    }
    guard NetworkConfiguration.classNames.contains(modelClass) else {
      throw .unsupportedModel(file: file, modelClass: modelClass)
    }
    let inner = value["config"] ?? .null
    // Before Keras 2.2.3 the configuration of a Sequential model was the bare list of its layers.
    guard let layers = inner.elements ?? inner["layers"]?.elements, !layers.isEmpty else {
      throw wrong(place, "layers", expected: "a list of layers", inner["layers"] ?? inner)
    }
    let name = value["name"]?.text ?? inner["name"]?.text ?? modelClass.lowercased()
    let network: NetworkConfiguration
    if modelClass == "Sequential" {
      network = try sequential(name, layers, shape: inner["build_input_shape"], place)
    } else {
      network = NetworkConfiguration(
        name: name, modelClass: modelClass, members: try members(layers, within: place),
        inputs: try ends(inner, "input_layers", place), outputs: try ends(inner, "output_layers", place))
    }
    var names: Set<String> = []
    for member in network.members where !names.insert(member.configuration.name).inserted {
      throw .model(file: file, .duplicateLayer(name: member.configuration.name))
    }
    return network
  }

  /// The layers of a list.
  func members(
    _ layers: [JSONValue], within place: String
  ) throws(KerasFormatError) -> [NetworkConfiguration.Member] {
    var members: [NetworkConfiguration.Member] = []
    for (index, layer) in layers.enumerated() {
      members.append(try member(layer, number: index + 1, within: place))
    }
    return members
  }

  private func member(
    _ value: JSONValue, number: Int, within place: String
  ) throws(KerasFormatError) -> NetworkConfiguration.Member {
    let outer = place == "the model" ? "" : " of \(place)"
    guard let layerClass = value["class_name"]?.text else {
      throw wrong("layer number \(number)\(outer)", "class_name", expected: "a text", value["class_name"])
    }
    let isNetwork = NetworkConfiguration.classNames.contains(layerClass)
    // The name beside the configuration is the one that other layers refer to.
    guard let values = value["config"],
      let name = value["name"]?.text ?? values["name"]?.text ?? (isNetwork ? layerClass.lowercased() : nil)
    else {
      throw wrong(
        "layer number \(number) (\(layerClass))\(outer)", "name", expected: "a text",
        value["config"]?["name"])
    }
    guard let calls = InboundNodes.calls(in: value["inbound_nodes"]) else {
      throw wrong(
        "layer '\(name)' (\(layerClass))", "inbound_nodes",
        expected: "a list of uses, each with the tensors it reads", value["inbound_nodes"])
    }
    var (kind, options) = (layerClass, values)
    if isOperation(value) { kind = OperationReader.classPrefix + layerClass }
    if kerasVersion.major == 1 {
      (kind, options) = try KerasOneConfiguration(file: file, name: name).converted(layerClass, values)
    }
    return NetworkConfiguration.Member(
      configuration: LayerConfiguration(
        file: file, name: name, layerClass: kind, values: options, kerasVersion: kerasVersion),
      calls: calls, network: isNetwork ? try network(value, place: "layer '\(name)'") : nil,
      sharedID: value["shared_object_id"]?.wholeNumber)
  }

  /// Whether a layer is a function of `keras.ops`: some have the name of a layer's class, but never its trainability, which of the
  /// layers `SpatialDropout1D` to `3D` alone leave out.
  private func isOperation(_ value: JSONValue) -> Bool {
    guard kerasVersion.major >= 3, value["inbound_nodes"] != nil else { return false }
    if let module = value["module"]?.text {
      return module.hasPrefix("keras.src.ops") || module == "keras.ops"
    }
    let layerClass = value["class_name"]?.text ?? ""
    return value["config"]?["trainable"] == nil && layerClass != "InputLayer"
      && !layerClass.hasPrefix("SpatialDropout") && value["config"]?["layers"] == nil
  }

  /// `input_layers` or `output_layers`: a list of references, a single reference, or an object of them by name.
  private func ends(
    _ value: JSONValue, _ key: String, _ place: String
  ) throws(KerasFormatError) -> [TensorReference] {
    if let value = value[key], let references = references(in: value), !references.isEmpty {
      return references
    }
    throw wrong(place, key, expected: "a list of references to layers", value[key])
  }

  private func references(in value: JSONValue) -> [TensorReference]? {
    if let single = TensorReference(value) { return [single] }
    let parts = value.elements ?? value.members?.sorted { $0.key < $1.key }.map(\.value)
    guard let parts else { return nil }
    var found: [TensorReference] = []
    for part in parts {
      guard let references = references(in: part) else { return nil }
      found += references
    }
    return found
  }

  /// Layers one after the other.
  func sequential(
    _ name: String, _ layers: [JSONValue], shape: JSONValue? = nil, _ place: String
  ) throws(KerasFormatError) -> NetworkConfiguration {
    if let merged = try merging(name, layers, place) { return merged }
    var members = try members(layers, within: place)
    if members[0].configuration.layerClass != "InputLayer" {
      members.insert(input(before: members[0], shape: shape), at: 0)
    }
    // A further input is the same tensor again.
    let layers = members.dropFirst().filter { $0.configuration.layerClass != "InputLayer" }
    let first = TensorReference(members[0].configuration.name)
    return chain(name, layers, behind: first, after: [members[0]], inputs: [first])
  }

  /// Layers each of which reads the one before it.
  func chain(
    _ name: String, _ layers: some Sequence<NetworkConfiguration.Member>, behind first: TensorReference,
    after members: [NetworkConfiguration.Member], inputs: [TensorReference]
  ) -> NetworkConfiguration {
    var last = first
    let chained = layers.map { member in
      defer { last = TensorReference(member.configuration.name) }
      return NetworkConfiguration.Member(
        configuration: member.configuration, calls: [LayerCall([.tensor(last)])], network: member.network,
        sharedID: member.sharedID)
    }
    return NetworkConfiguration(
      name: name, modelClass: "Sequential", members: members + chained, inputs: inputs, outputs: [last])
  }

  /// The input that older files leave out: its shape is that of the first layer.
  private func input(before first: NetworkConfiguration.Member, shape: JSONValue?)
    -> NetworkConfiguration.Member
  {
    let known = first.configuration.inputShape ?? first.network?.inputShape ?? shape
    return .init(
      configuration: LayerConfiguration(
        file: file, name: "\(first.configuration.name)_input", layerClass: "InputLayer",
        values: .object(known.map { ["batch_input_shape": $0] } ?? [:]), kerasVersion: kerasVersion),
      calls: [], network: nil)
  }

  private func wrong(
    _ place: String, _ key: String, expected: String, _ found: JSONValue?
  ) -> KerasFormatError {
    .configuration(file: file, place: place, key: key, expected: expected, found: found?.summary ?? "nothing")
  }
}

extension LayerConfiguration {
  /// The shape of what enters at this layer, the batch axis first.
  var inputShape: JSONValue? { values["batch_input_shape"] ?? values["batch_shape"] }
}

extension NetworkConfiguration {
  /// The shape of the first input.
  fileprivate var inputShape: JSONValue? {
    members.first { $0.configuration.name == inputs.first?.layer }?.configuration.inputShape
  }
}
