import TensorCore

extension Model {
  /// The model as a function of one of its inputs, with the others held at the values of an item.
  ///
  /// What does not depend on that input is computed now, once: its nodes are not in the result, except for those that others read,
  /// which give the values that they have for the item. A layer that was left out can therefore not be named any more.
  ///
  /// - Parameters:
  ///   - input: The position among `inputs`.
  ///   - items: The item: for every input of the model one tensor of batch one.
  /// - Returns: A model with one input. It gives this model's outputs for items that differ in that input alone.
  /// - Throws: `ModelError` when the item does not fit the model.
  public func varying(input: Int, of items: [Tensor]) throws(ModelError) -> Model {
    guard items.count == inputs.count else {
      throw .wrongInputCount(expected: inputs.count, found: items.count)
    }
    guard inputs.count > 1 else { return self }
    let entry = inputs[input]
    var depends = [Bool](repeating: false, count: nodes.count)
    depends[entry] = true
    // The score's end stays as it is, so that logits and probabilities are found there.
    var isBehindLogits = [Bool](repeating: false, count: nodes.count)
    for (id, node) in nodes.enumerated() {
      isBehindLogits[id] = node.inputs.contains { $0 == head.logits || isBehindLogits[$0] }
      depends[id] = depends[id] || isBehindLogits[id] || node.inputs.contains { depends[$0] }
    }
    let needed = ancestors(of: outputs)
    var read = Set(outputs.filter { !depends[$0] })
    for (id, node) in nodes.enumerated() where depends[id] && needed[id] {
      read.formUnion(node.inputs.filter { !depends[$0] })
    }
    let fixed = read.sorted()
    let values = try self.values(of: fixed, at: items)
    var replaced = nodes
    for (id, value) in zip(fixed, values) {
      replaced[id] = nodes[id].replacing(FixedLayer(value), inputs: [entry])
    }
    let dropped = nodes.indices.filter { $0 != entry && !read.contains($0) && !(depends[$0] && needed[$0]) }
    return Model(self, nodes: replaced, input: entry, fixed: fixed, without: Set(dropped))
  }
}
