/// A layer in its place in a Keras file, with all its uses.
struct WrittenMember {
  /// The value of a use of a layer.
  struct Reference: Hashable {
    let name: String
    /// Which use, from 0.
    var call = 0
  }

  let name: String
  var layer: WrittenLayer
  /// For every use what it reads.
  var calls: [[Reference]]

  /// The layer as an element of a Sequential model.
  var configuration: JSONValue {
    .object(["class_name": .string(layer.layerClass), "config": .object(layer.members(as: name))])
  }

  /// The layer as an element of a Functional model.
  var functional: JSONValue {
    guard case .object(var values) = configuration else { return .null }
    values["name"] = .string(name)
    let calls = calls.filter { !$0.isEmpty }.map { inputs in
      JSONValue.array(
        inputs.map { .array([.string($0.name), .integer($0.call), .integer(0), .object(layer.arguments)]) })
    }
    values["inbound_nodes"] = .array(calls)
    return .object(values)
  }
}

extension WrittenMember.Reference {
  /// The reference as an element of a list of inputs or outputs.
  var configuration: JSONValue { .array([.string(name), .integer(call), .integer(0)]) }
}
