import Networks
import TensorCore

/// A model as it stands in a Keras file: its layers with names that Keras takes, and its configuration.
struct WrittenNetwork {
  /// A layer in its place.
  struct Member {
    let name: String
    var layer: WrittenLayer
    /// The names of the layers that it reads.
    let inputs: [String]
  }

  /// The layers, each after those that it reads.
  private(set) var members: [Member] = []
  private let name: String
  private var inputs: [String] = []
  private var outputs: [String] = []
  /// The layer that has the value of a node.
  private var layers: [Model.Node.ID: String] = [:]
  private var names: Set<String> = []

  /// Finds the layers of Keras for a model.
  ///
  /// - Parameter model: The model; nodes that no output needs are left out.
  /// - Throws: `KerasWritingError` when a layer has no counterpart.
  init(_ model: Model) throws(KerasWritingError) {
    name = Self.plain(model.name)
    let needed = Set(model.outputs.flatMap { model.nodes(before: $0) } + model.inputs)
    for id in model.nodes.indices where needed.contains(id) && layers[id] == nil {
      try add(id, of: model, needed: needed)
    }
    inputs = model.inputs.compactMap { layers[$0] }
    outputs = model.outputs.compactMap { layers[$0] }
    members = LayerOrder(of: members, outputs: outputs).members
  }

  private mutating func add(
    _ id: Model.Node.ID, of model: Model, needed: Set<Model.Node.ID>
  ) throws(KerasWritingError) {
    let node = model.nodes[id]
    var written = try Self.written(node, after: node.inputs.map { model.nodes[$0].shape })
    var last = id
    // The activation of a layer, which no other layer reads past, becomes an option of the layer again.
    let readers = model.readers(of: id).filter(needed.contains)
    if written.takesActivation, readers.count == 1, !model.outputs.contains(id),
      model.nodes[readers[0]].layerName == node.layerName
    {
      let next = try Self.written(model.nodes[readers[0]], after: [node.shape])
      if next.layerClass == "Activation" {
        written.options["activation"] = next.options["activation"]
        last = readers[0]
      }
    }
    let name = unique(Self.plain(model.nodes[last].name))
    members.append(Member(name: name, layer: written, inputs: node.inputs.compactMap { layers[$0] }))
    layers[id] = name
    layers[last] = name
  }

  private static func written(
    _ node: Model.Node, after inputs: [Shape]
  ) throws(KerasWritingError) -> WrittenLayer {
    guard let layer = node.layer as? any KerasWritable else {
      throw .layer(
        name: node.layerName, layerClass: node.layerClass,
        reason: "its operation is read from Keras files, but not written to them")
    }
    do {
      return try layer.written(for: inputs)
    } catch {
      throw .layer(name: node.layerName, layerClass: node.layerClass, reason: error.reason)
    }
  }

  /// Keras 3 refuses `/` in names.
  private static func plain(_ name: String) -> String {
    let plain = name.replacing("/", with: "_")
    return plain.isEmpty ? "model" : plain
  }

  private mutating func unique(_ name: String) -> String {
    var candidate = name
    var number = 1
    while !names.insert(candidate).inserted {
      number += 1
      candidate = "\(name)_\(number)"
    }
    return candidate
  }
}

extension WrittenNetwork {
  /// The object that Keras stores as `model_config`.
  var configuration: JSONValue {
    isChain
      ? .object([
        "class_name": .string("Sequential"),
        "config": .object(["name": .string(name), "layers": .array(members.map { member($0) })]),
      ])
      : .object([
        "class_name": .string("Functional"),
        "config": .object([
          "name": .string(name), "layers": .array(members.map { functional($0) }),
          "input_layers": .array(inputs.map { Self.reference($0) }),
          "output_layers": .array(outputs.map { Self.reference($0) }),
        ]),
      ])
  }

  /// Whether each layer reads the one before and only that one.
  private var isChain: Bool {
    guard inputs.count == 1, outputs == [members.last?.name], members[0].name == inputs[0] else {
      return false
    }
    return zip(members, members.dropFirst()).allSatisfy { $1.inputs == [$0.name] }
  }

  private func member(_ member: Member) -> JSONValue {
    var options = member.layer.options
    options["name"] = .string(member.name)
    options["dtype"] = .string("float32")
    if member.layer.takesTrainability { options["trainable"] = .boolean(true) }
    return .object(["class_name": .string(member.layer.layerClass), "config": .object(options)])
  }

  private func functional(_ member: Member) -> JSONValue {
    guard case .object(var values) = self.member(member) else { return .null }
    values["name"] = .string(member.name)
    let tensors = member.inputs.map {
      JSONValue.array([.string($0), .integer(0), .integer(0), .object([:])])
    }
    values["inbound_nodes"] = .array(tensors.isEmpty ? [] : [.array(tensors)])
    return .object(values)
  }

  private static func reference(_ name: String) -> JSONValue {
    .array([.string(name), .integer(0), .integer(0)])
  }
}
