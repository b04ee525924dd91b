import Networks
import TensorCore

extension LayerConfiguration {
  /// The layer that a wrapper holds under a key.
  ///
  /// - Parameter key: The key, such as `layer` or `cell`.
  /// - Returns: Its configuration; messages call it by the wrapper's name and its own.
  /// - Throws: `KerasFormatError` when there is none.
  func part(_ key: String) throws(KerasFormatError) -> LayerConfiguration {
    guard let part = values[key].flatMap({ part(from: $0) }) else { throw wrong(key, expected: "a layer") }
    return part
  }

  /// The layers that a wrapper lists under a key.
  ///
  /// - Parameter key: The key, such as `cells` or `layers`.
  /// - Returns: Their configurations, at least one.
  /// - Throws: `KerasFormatError` when it is no list of layers.
  func parts(_ key: String) throws(KerasFormatError) -> [LayerConfiguration] {
    let elements = values[key]?.elements ?? []
    let parts = elements.compactMap { part(from: $0) }
    guard !parts.isEmpty, parts.count == elements.count else {
      throw wrong(key, expected: "a list of layers")
    }
    return parts
  }

  private func part(from value: JSONValue) -> LayerConfiguration? {
    guard let layerClass = value["class_name"]?.text, let inner = value["config"] else { return nil }
    return LayerConfiguration(
      file: file, name: "\(name)/\(inner["name"]?.text ?? layerClass)", layerClass: layerClass, values: inner,
      kerasVersion: kerasVersion)
  }

  /// The element-wise function that a key names.
  ///
  /// - Parameters:
  ///   - key: The key, such as `recurrent_activation`.
  ///   - fallback: The function's name where the key is absent.
  /// - Returns: The function.
  /// - Throws: `KerasFormatError` when it is not known or not element-wise.
  func activation(_ key: String, default fallback: String) throws(KerasFormatError) -> Activation {
    let value = values[key] ?? .string(fallback)
    if let layerClass = value["class_name"]?.text, ActivationReader.elementwiseClasses.contains(layerClass) {
      let function = LayerConfiguration(
        file: file, name: name, layerClass: layerClass, values: value["config"] ?? .object([:]),
        kerasVersion: kerasVersion)
      let layers = try ActivationReader.layers(for: function, rank: 2)
      if let layer = layers.first as? ActivationLayer { return layer.activation }
    }
    guard let name = value.text ?? value["config"]?.text ?? value["class_name"]?.text else {
      throw wrong(key, expected: "the name of an activation")
    }
    guard let activation = Activation(kerasName: name, version: kerasVersion) else {
      throw unsupported(
        "the \(key)", "'\(name)'",
        hint: "the gates and states of a recurrent layer need an element-wise function")
    }
    return activation
  }

  /// Whether a key is there with the value null, which is not the same as its default.
  func isNull(_ key: String) -> Bool {
    if case .object(let members) = values { members[key] == .null } else { false }
  }
}
