/// Reads `inbound_nodes`, the uses of a layer, as every version of Keras writes them.
///
///     [[["a", 0, 0, {}], ["b", 0, 0, {}]]]              a layer up to Keras 2: a list of tensors per use
///     [["a", 0, 0, {"y": ["b", 0, 0]}]]                 an operation of TensorFlow: the first argument, the others by name
///     [["_CONSTANT_VALUE", -1, 1.0, {"y": ["b", 0, 0]}]]  the same of a constant
///     [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["a", 0, 0]}}], "kwargs": {}}]  Keras 3
enum InboundNodes {
  /// The uses of a layer.
  ///
  /// - Parameter value: The value of `inbound_nodes`.
  /// - Returns: The uses in their order, or `nil` when the value is none of the known forms.
  static func calls(in value: JSONValue?) -> [LayerCall]? {
    guard let value else { return [] }
    guard let nodes = value.elements else { return nil }
    let calls = nodes.compactMap(call)
    return calls.count == nodes.count ? calls : nil
  }

  private static func call(_ node: JSONValue) -> LayerCall? {
    if case .object = node {
      guard let positional = node["args"]?.elements else { return nil }
      return LayerCall(positional.map(modern), keywords: (node["kwargs"]?.members ?? [:]).mapValues(modern))
    }
    guard let parts = node.elements, !parts.isEmpty else { return nil }
    if let (argument, keywords) = legacyTensor(node) { return LayerCall([argument], keywords: keywords) }
    var arguments: [CallArgument] = []
    var keywords: [String: CallArgument] = [:]
    for part in parts {
      guard let (argument, more) = legacyTensor(part) else { return nil }
      arguments.append(argument)
      keywords.merge(more) { first, _ in first }
    }
    return LayerCall(arguments.count == 1 ? arguments : [.list(arguments)], keywords: keywords)
  }

  /// A tensor or a constant as Keras 2 writes it, with the named arguments that follow it.
  private static func legacyTensor(_ value: JSONValue) -> (CallArgument, [String: CallArgument])? {
    guard let parts = value.elements, (3...4).contains(parts.count) else { return nil }
    let keywords = (parts.count == 4 ? parts[3].members ?? [:] : [:]).mapValues(legacy)
    if let constant = legacyConstant(value) { return (.constant(constant), keywords) }
    return TensorReference(value).map { (.tensor($0), keywords) }
  }

  private static func legacyConstant(_ value: JSONValue) -> JSONValue? {
    guard let parts = value.elements, parts.count >= 3, parts[0].text == "_CONSTANT_VALUE" else { return nil }
    return parts[2]
  }

  /// An argument as Keras 2 writes it.
  private static func legacy(_ value: JSONValue) -> CallArgument {
    if let constant = legacyConstant(value) { return .constant(constant) }
    if let reference = TensorReference(value) { return .tensor(reference) }
    if let elements = value.elements { return .list(elements.map(legacy)) }
    return .constant(value)
  }

  /// An argument as Keras 3 writes it.
  private static func modern(_ value: JSONValue) -> CallArgument {
    if let elements = value.elements { return .list(elements.map(modern)) }
    switch value["class_name"]?.text {
    case "__keras_tensor__":
      let history = value["config"]?["keras_history"]
      return history.flatMap { TensorReference($0) }.map { .tensor($0) } ?? .constant(value)
    case "__tensor__", "__numpy__":
      return .constant(value["config"]?["value"] ?? value)
    default:
      return .constant(value)
    }
  }
}
