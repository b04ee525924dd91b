extension NetworkConfigurationReader {
  /// A Sequential model of Keras 1 that begins by merging other Sequential models, as the graph that it is.
  ///
  /// The file keeps the weights of all their layers as if these were the model's own.
  ///
  /// - Parameters:
  ///   - name: The model's name.
  ///   - layers: Its layers.
  ///   - place: What messages call it.
  /// - Returns: The graph, or `nil` for a model that begins otherwise.
  /// - Throws: `KerasFormatError` when a part is missing or is another kind of model.
  func merging(
    _ name: String, _ layers: [JSONValue], _ place: String
  ) throws(KerasFormatError) -> NetworkConfiguration? {
    guard kerasVersion.major == 1, layers[0]["class_name"]?.text == "Merge",
      let parts = layers[0]["config"]?["layers"]?.elements
    else { return nil }
    var members: [NetworkConfiguration.Member] = []
    var inputs: [TensorReference] = []
    var ends: [CallArgument] = []
    for part in parts {
      guard part["class_name"]?.text == "Sequential" else {
        throw .unsupportedModel(file: file, modelClass: part["class_name"]?.text ?? "none")
      }
      let config = part["config"] ?? .null
      guard let inner = config.elements ?? config["layers"]?.elements, !inner.isEmpty else {
        throw .configuration(
          file: file, place: place, key: "layers", expected: "a list of layers in every part of 'Merge'",
          found: config.summary)
      }
      let branch = try sequential(name, inner, place)
      members += branch.members
      inputs += branch.inputs
      ends += branch.outputs.map { .tensor($0) }
    }
    let own = try self.members(layers, within: place)
    members.append(
      NetworkConfiguration.Member(
        configuration: own[0].configuration, calls: [LayerCall([.list(ends)])], network: nil))
    let merge = TensorReference(own[0].configuration.name)
    return chain(name, own.dropFirst(), behind: merge, after: members, inputs: inputs)
  }
}
