import TensorCore

extension Model {
  /// The part of a model behind one of its nodes, for one item.
  ///
  /// Its input takes the place of the node's value. What lies behind the node but also reads values that do not depend on it, such as the
  /// other branch of a residual addition, finds them as they are for the item.
  ///
  /// - Parameters:
  ///   - node: The node whose value becomes the input.
  ///   - item: One item, `[1, spatial..., channels]`.
  /// - Returns: The model that gives the same answer when its input is the node's value for the item; `nil` when the score does not
  ///   depend on the node.
  /// - Throws: `ModelError` when the item does not fit the model.
  public func tail(behind node: Node.ID, for item: Tensor) throws(ModelError) -> Model? {
    guard nodes(before: head.logits).contains(node) else { return nil }
    let needed = nodes(before: outputs[0])
    var depends: Set = [node]
    for id in needed where nodes[id].inputs.contains(where: depends.contains) { depends.insert(id) }
    let behind = needed.filter { $0 != node && depends.contains($0) }
    let fixed = Set(behind.flatMap { nodes[$0].inputs }).subtracting(depends).sorted()
    let values = fixed.isEmpty ? [] : try self.values(of: fixed, at: [item])
    let order = [node] + fixed + behind
    let position = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let tail = order.enumerated().map { index, id in
      let (layer, inputs): (any Layer, [Node.ID]) =
        if index == 0 {
          (InputLayer(shape: nodes[id].shape), [])
        } else if index <= fixed.count {
          (FixedLayer(values[index - 1]), [0])
        } else {
          (nodes[id].layer, nodes[id].inputs.compactMap { position[$0] })
        }
      return nodes[id].replacing(layer, inputs: inputs)
    }
    return Model(name: name, nodes: tail, inputs: [0], outputs: [order.count - 1])
  }
}
