import Networks
import TensorCore

/// The use of a function: its name and its arguments, whatever version of Keras wrote them.
struct OperationCall {
  let source: LayerSource
  /// The name as the file has it, such as `tf.math.multiply`, `AddV2` or `keras.ops.Multiply`.
  let name: String
  private let positional: [CallArgument]

  /// Reads what function a layer applies, and to what.
  init(_ source: LayerSource) {
    self.source = source
    let configuration = source.configuration
    switch configuration.layerClass {
    case "TensorFlowOpLayer":
      name = configuration.values["node_def"]?["op"]?.text ?? "nothing"
      positional = Self.merged(source.call.positional, configuration.values["constants"]?.members ?? [:])
    case let layerClass where layerClass.hasPrefix(OperationReader.classPrefix):
      name = layerClass
      positional = source.call.positional
    default:
      name = "tf." + (configuration.values["function"]?.text ?? "nothing")
      positional = source.call.positional
    }
  }

  /// The last part of the name in lower case and without underscores.
  var key: String {
    (name.split(separator: ".").last ?? "").lowercased().filter { $0 != "_" }
  }

  /// Whether it is a function of Keras 3.
  var isModern: Bool { name.hasPrefix(OperationReader.classPrefix) }

  /// An operand by its position or one of its names.
  func operand(_ index: Int, _ names: [String]) -> CallArgument? {
    if positional.indices.contains(index) { return positional[index] }
    return names.compactMap { source.call.keywords[$0] }.first
  }

  /// A constant argument: by name in the use, by position, or in the configuration, where Keras 3 keeps it.
  func argument(_ name: String, at index: Int?) -> JSONValue? {
    let found =
      source.call.keywords[name]?.constant ?? source.configuration.values[name]
      ?? index.flatMap { positional.indices.contains($0) ? positional[$0].constant : nil }
    return found == .null ? nil : found
  }

  /// A constant number.
  func number(_ name: String, at index: Int?) throws(KerasFormatError) -> Double? {
    guard let value = argument(name, at: index) else { return nil }
    guard let number = value.realNumber else { throw wrong(name, expected: "a number", value) }
    return number
  }

  /// A constant whole number.
  func wholeNumber(_ name: String, at index: Int?) throws(KerasFormatError) -> Int? {
    guard let value = argument(name, at: index) else { return nil }
    guard let number = value.wholeNumber else { throw wrong(name, expected: "a whole number", value) }
    return number
  }

  /// An argument of the wrong kind.
  func wrong(_ key: String, expected: String, _ found: JSONValue?) -> KerasFormatError {
    .configuration(
      file: source.configuration.file, place: "'\(source.configuration.name)' (\(name))", key: key,
      expected: expected, found: found?.summary ?? "nothing")
  }

  /// A use that is not supported.
  func unsupported(_ option: String, _ value: String, hint: String) -> KerasFormatError {
    .unsupportedOption(
      file: source.configuration.file, layer: source.configuration.name, layerClass: name, option: option,
      value: value, hint: hint)
  }

  /// Puts the constants of a `TensorFlowOpLayer`, which are known by their position, between its tensors.
  private static func merged(_ tensors: [CallArgument], _ constants: [String: JSONValue]) -> [CallArgument] {
    var rest = tensors.flatMap { argument -> [CallArgument] in
      if case .list(let parts) = argument { parts } else { [argument] }
    }[...]
    var arguments: [CallArgument] = []
    for index in 0..<(rest.count + constants.count) {
      if let constant = constants["\(index)"] {
        arguments.append(.constant(constant))
      } else if let tensor = rest.popFirst() {
        arguments.append(tensor)
      }
    }
    return arguments
  }
}
