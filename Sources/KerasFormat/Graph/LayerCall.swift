/// One use of a layer: what it reads and what else it is given.
package struct LayerCall: Sendable, Equatable {
  /// The arguments in their order.
  package var positional: [CallArgument]
  /// The arguments that are given by name.
  package var keywords: [String: CallArgument]

  /// Creates a call from its arguments.
  package init(_ positional: [CallArgument], keywords: [String: CallArgument] = [:]) {
    self.positional = positional
    self.keywords = keywords
  }

  /// Arguments that are not in the order of their names: those of attention.
  private static let order = ["query", "value", "key"]

  /// The tensors that are read, in the order of the arguments, those given by name last; masks are not read at inference.
  package var references: [TensorReference] {
    let names = keywords.keys.filter { $0 != "mask" }.sorted { Self.place(of: $0) < Self.place(of: $1) }
    return positional.flatMap(\.references) + names.flatMap { keywords[$0]?.references ?? [] }
  }

  private static func place(of name: String) -> (Int, String) {
    (order.firstIndex(of: name) ?? order.count, name)
  }
}

/// What a layer is given when it is used.
package indirect enum CallArgument: Sendable, Equatable {
  /// The value of another layer.
  case tensor(TensorReference)
  /// Several arguments that belong together.
  case list([CallArgument])
  /// A value of the configuration.
  case constant(JSONValue)

  /// The tensors in it, in order.
  package var references: [TensorReference] {
    switch self {
    case .tensor(let reference): [reference]
    case .list(let arguments): arguments.flatMap(\.references)
    case .constant: []
    }
  }

  /// It as a value of the configuration, or `nil` when tensors are part of it.
  package var constant: JSONValue? {
    switch self {
    case .tensor: return nil
    case .constant(let value): return value
    case .list(let arguments):
      let values = arguments.compactMap(\.constant)
      return values.count == arguments.count ? .array(values) : nil
    }
  }
}

/// The value of a layer in one of its uses.
package struct TensorReference: Sendable, Hashable {
  /// The name of the layer.
  package var layer: String
  /// Which of its uses, from 0; of models inside models some files count from 1.
  package var call: Int
  /// Which of its outputs, from 0.
  package var output: Int

  /// Creates a reference to an output of a use of a layer.
  package init(_ layer: String, call: Int = 0, output: Int = 0) {
    self.layer = layer
    self.call = call
    self.output = output
  }

  /// Reads `["conv", 0, 0]`, which may go on with the named arguments of a call.
  package init?(_ value: JSONValue) {
    guard let parts = value.elements, (3...4).contains(parts.count), let layer = parts[0].text,
      let call = parts[1].wholeNumber, let output = parts[2].wholeNumber, call >= 0, output >= 0
    else { return nil }
    self.init(layer, call: call, output: output)
  }
}
