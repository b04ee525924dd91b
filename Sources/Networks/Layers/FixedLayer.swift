import TensorCore

/// A value that does not depend on the input, the same for every item of a batch.
struct FixedLayer: AffineLayer {
  /// The value of one item.
  let value: Tensor

  init(_ value: Tensor) { self.value = value }

  var role: LayerRole { .mask }

  func outputShape(for inputs: [Shape]) -> Shape { value.shape.with(batch: inputs[0].batch) }

  func forward(_ inputs: [Tensor]) -> Tensor {
    let batch = inputs[0].shape.batch
    return batch == 1 ? value : Tensor(joining: Array(repeating: value, count: batch))
  }

  func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [Tensor(site.inputs[0].shape)] }
}

extension Model.Node {
  /// The node with another operation, which gives values of the same shape.
  func replacing(_ layer: any Layer, inputs: [ID]) -> Model.Node {
    Model.Node(
      name: name, layerName: layerName, layerClass: layerClass, layer: layer, inputs: inputs, shape: shape,
      isShared: isShared)
  }
}

extension Model {
  /// The model with some of its nodes replaced, as a function of one of them.
  ///
  /// - Parameters:
  ///   - whole: The model.
  ///   - nodes: Its nodes or what replaces them.
  ///   - input: The node where data enters, which comes first then.
  ///   - fixed: Nodes that read the input alone, and come next.
  ///   - dropped: Nodes that nothing reads any more.
  init(_ whole: Model, nodes: [Node], input: Node.ID, fixed: [Node.ID], without dropped: Set<Node.ID>) {
    let moved = dropped.union(fixed).union([input])
    let order = [input] + fixed + nodes.indices.filter { !moved.contains($0) }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    self.init(
      name: whole.name,
      nodes: order.map { id in
        let node = nodes[id]
        return Node(
          name: node.name, layerName: node.layerName, layerClass: node.layerClass, layer: node.layer,
          inputs: node.inputs.compactMap { places[$0] }, shape: node.shape, isShared: node.isShared)
      },
      inputs: [0], outputs: whole.outputs.compactMap { places[$0] })
  }
}
