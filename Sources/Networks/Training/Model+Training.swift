import TensorCore

extension Model {
  /// The nodes whose layers can be trained, in the order of the graph; of a layer that is used several times the first use.
  ///
  /// Batch normalisations without factors and summands are among them, because training moves their statistics.
  public var trainableNodes: [Node.ID] {
    nodes.indices.filter { id in
      !nodes[id].isShared && nodes[id].layer.parameterCount > 0 && nodes[id].layer is any TrainableLayer
    }
  }

  /// The model with other layers at some nodes.
  ///
  /// Where a layer is used several times, all its uses get the trained numbers of the new one. Plans of training stay, so that replacing
  /// weights in every step costs no more than the weights themselves.
  ///
  /// - Parameter layers: For some nodes, for a layer that is used several times its first one, a layer of the same kind and shapes.
  /// - Returns: The model.
  public func replacing(_ layers: [Node.ID: any Layer]) -> Model {
    var replaced = nodes
    for (id, layer) in layers { replaced[id] = nodes[id].replacing(layer, inputs: nodes[id].inputs) }
    if nodes.contains(where: \.isShared) {
      for (id, origin) in firstUses where id != origin {
        guard let layer = layers[origin], let use = nodes[id].layer as? any TrainedLayer,
          let shared = try? use.sharing(layer)
        else { continue }
        replaced[id] = nodes[id].replacing(shared, inputs: nodes[id].inputs)
      }
    }
    return Model(
      name: name, nodes: replaced, inputs: inputs, outputs: outputs,
      trainingPlans: trainingPlans.replacing(layers.keys))
  }
}
