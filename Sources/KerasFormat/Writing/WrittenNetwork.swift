import Networks
import TensorCore

/// A model as it stands in a Keras file: its layers with names that Keras takes, and its configuration.
struct WrittenNetwork {
  /// The layers, each after those that its first use reads.
  private(set) var members: [WrittenMember] = []
  private let name: String
  private var inputs: [WrittenMember.Reference] = []
  private var outputs: [WrittenMember.Reference] = []
  private let model: Model
  private let needed: Set<Model.Node.ID>
  private let firstUses: [Model.Node.ID: Model.Node.ID]
  /// The layer that has the value of a node.
  private var values: [Model.Node.ID: WrittenMember.Reference] = [:]
  /// The mask that a node holds.
  private var held: [Model.Node.ID: WrittenMask] = [:]
  /// The masks that Keras gives to the value of a layer.
  private var masks: [WrittenMember.Reference: WrittenMasks] = [:]
  /// The layers that were made of the operations of a node, which another use of them may share.
  private var made: [Model.Node.ID: [Int]] = [:]
  private var names: Set<String> = []

  /// Finds the layers of Keras for a model.
  ///
  /// - Parameter model: The model; nodes that no output needs are left out.
  /// - Throws: `KerasWritingError` when a layer has no counterpart.
  init(_ model: Model) throws(KerasWritingError) {
    self.model = model
    name = Self.plain(model.name)
    needed = Set(model.outputs.flatMap { model.nodes(before: $0) } + model.inputs)
    firstUses = model.nodes.contains(where: \.isShared) ? model.firstUses : [:]
    for id in model.nodes.indices where needed.contains(id) && values[id] == nil && held[id] == nil {
      let node = model.nodes[id]
      do {
        try add(id)
      } catch {
        throw .layer(name: node.layerName, layerClass: node.layerClass, reason: error.reason)
      }
    }
    inputs = model.inputs.compactMap { values[$0] }
    outputs = model.outputs.compactMap { values[$0] }
    members = LayerOrder(of: members, outputs: outputs).members
  }

  /// Adds the layers for an operation and those behind it that one layer of Keras computes with it.
  private mutating func add(_ id: Model.Node.ID) throws(Unwritable) {
    let node = model.nodes[id]
    let operands = node.inputs.compactMap { values[$0] }
    let known = node.inputs.compactMap { held[$0] }
    if let mask = WrittenMask.held(by: node.layer, values: operands, masks: known) {
      held[id] = mask
      return
    }
    let shapes = node.inputs.filter { values[$0] != nil }.map { model.nodes[$0].shape }
    var composition = try WrittenComposition(of: node.layer, for: shapes)
    completeMasks(of: &composition, for: id)
    var ids = [id]
    while let next = follower(of: ids[ids.count - 1]),
      let both = composition.absorbing(
        model.nodes[next].layer, over: model.nodes[ids[ids.count - 1]].shape)
    {
      composition = both
      ids.append(next)
    }
    let places = shared(composition, ids) ?? placesOfNewMembers(composition, model.nodes[ids[ids.count - 1]])
    let uses = try use(composition, at: places, after: operands, expecting: expectedMasks(of: node))
    for id in ids {
      values[id] = uses.last
      made[id] = places
    }
  }

  /// The node that belongs to the same layer and is the only one that reads a node.
  private func follower(of id: Model.Node.ID) -> Model.Node.ID? {
    let readers = model.readers(of: id).filter(needed.contains)
    guard readers.count == 1, !model.outputs.contains(id), model.nodes[readers[0]].inputs == [id],
      model.nodes[readers[0]].layerName == model.nodes[id].layerName
    else { return nil }
    return readers[0]
  }

  /// The layers of an earlier use, where they are the same.
  private func shared(_ composition: WrittenComposition, _ ids: [Model.Node.ID]) -> [Int]? {
    for id in ids {
      guard let origin = firstUses[id], origin != id, let places = made[origin],
        places.map({ members[$0].layer }) == composition.parts.map(\.layer)
      else { continue }
      return places
    }
    return nil
  }

  /// New layers, the last of which has the name of the node; the others say what they do.
  private mutating func placesOfNewMembers(_ composition: WrittenComposition, _ node: Model.Node) -> [Int] {
    let own = unique(Self.plain(node.name))
    for (index, part) in composition.parts.enumerated() {
      let isLast = index == composition.parts.count - 1
      let name = isLast ? own : unique("\(own)_\(part.layer.layerClass.lowercased())")
      members.append(WrittenMember(name: name, layer: part.layer, calls: []))
    }
    return Array((members.count - composition.parts.count)..<members.count)
  }

  /// Notes a use of layers, and whether Keras gives them the masks that the model has.
  private mutating func use(
    _ composition: WrittenComposition, at places: [Int], after operands: [WrittenMember.Reference],
    expecting expected: [Int: WrittenMask]
  ) throws(Unwritable) -> [WrittenMember.Reference] {
    var uses: [WrittenMember.Reference] = []
    for (part, place) in zip(composition.parts, places) {
      let inputs = part.operands.map { operand in
        switch operand {
        case .input(let index): operands[index]
        case .part(let index): uses[index]
        }
      }
      let found = inputs.map { masks[$0] ?? WrittenMasks() }
      for input in part.layer.placesOfMasks(inputs.count) where found[input] != WrittenMasks(expected[input])
      {
        throw Unwritable(reason: "Keras 2 and 3 do not both give it the masks that it reads in the model")
      }
      let use = WrittenMember.Reference(name: members[place].name, call: members[place].calls.count)
      members[place].calls.append(inputs)
      masks[use] = WrittenMasks(behind: part.layer, inputs, found)
      uses.append(use)
    }
    return uses
  }
}

extension WrittenNetwork {
  /// For inputs of a node the masks that it is given.
  private func expectedMasks(of node: Model.Node) -> [Int: WrittenMask] {
    guard let attention = node.layer as? AttentionLayer else {
      let known = node.inputs.compactMap { held[$0] }
      return known.first.map { [0: $0] } ?? [:]
    }
    var expected: [Int: WrittenMask] = [:]
    for (index, sequence) in attention.masked.enumerated() {
      expected[sequence] = held[node.inputs[attention.sequences + index]]
    }
    return expected
  }

  /// Options that depend on whether there are masks: whether an index stands for no step, and whether left out steps give zeros.
  private func completeMasks(of composition: inout WrittenComposition, for id: Model.Node.ID) {
    let node = model.nodes[id]
    guard composition.parts.count == 1 else { return }
    if node.layer is EmbeddingLayer {
      let isMasked = needed.contains { other in
        guard let mask = model.nodes[other].layer as? MaskLayer else { return false }
        return mask.rule == .indexOtherThanZero && model.nodes[other].inputs == node.inputs
          && model.nodes[other].layerName == node.layerName
      }
      composition.parts[0].layer.options["mask_zero"] = .boolean(isMasked)
    }
    if let layer = node.layer as? RecurrentLayer, case .zero = layer.recurrence.maskedOutput,
      layer.recurrence.returnsSequence, node.inputs.count > 1
    {
      composition.parts[0].layer.options["zero_output_for_mask"] = .boolean(true)
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
        "config": .object(["name": .string(name), "layers": .array(members.map(\.configuration))]),
      ])
      : .object([
        "class_name": .string("Functional"),
        "config": .object([
          "name": .string(name), "layers": .array(members.map(\.functional)),
          "input_layers": .array(inputs.map(\.configuration)),
          "output_layers": .array(outputs.map(\.configuration)),
        ]),
      ])
  }

  /// Whether each layer reads the one before and only that one.
  private var isChain: Bool {
    guard inputs.count == 1, outputs.map(\.name) == [members.last?.name], members[0].name == inputs[0].name,
      members.allSatisfy({ $0.calls.count == 1 })
    else { return false }
    return zip(members, members.dropFirst()).allSatisfy { $1.calls[0].map(\.name) == [$0.name] }
  }
}
