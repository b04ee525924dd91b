import TensorCore

/// Replaces the pullback of chosen layers: guided backpropagation, deconvolution and relevance propagation are such policies.
public protocol BackwardPolicy: Sendable {
  /// What flows back through a node, one tensor for each of its inputs, or `nil` for the layer's own pullback.
  ///
  /// - Throws: `GeometryError` when the layer cannot take such inputs.
  func pullback(_ cotangent: Tensor, through node: Model.Node, at site: Site) throws(GeometryError)
    -> [Tensor]?
}

/// The derivative: every layer's own pullback.
public struct DerivativePolicy: BackwardPolicy {
  /// Creates the policy.
  public init() {}

  /// Always the layer's own pullback.
  public func pullback(_ cotangent: Tensor, through node: Model.Node, at site: Site) -> [Tensor]? { nil }
}

extension Trace {
  /// Sends a cotangent back through the graph.
  ///
  /// Only nodes that lie between `source` and one of `targets` are visited, each once, after all nodes that read it.
  ///
  /// - Parameters:
  ///   - cotangent: What starts at `source`, of the shape of its value.
  ///   - source: The node to start from.
  ///   - targets: The nodes at which the result is wanted.
  ///   - policy: What replaces the pullback of chosen layers.
  /// - Returns: One tensor for every target, of the shape of its value: zeros where `source` does not depend on it.
  /// - Throws: `ModelError` when a layer cannot take what reaches it.
  public func pullback(
    _ cotangent: Tensor, from source: Model.Node.ID, to targets: [Model.Node.ID],
    policy: some BackwardPolicy = DerivativePolicy()
  ) throws(ModelError) -> [Tensor] {
    let isBetween = nodesBetween(targets, and: source)
    var pending: [Model.Node.ID: Tensor] = [source: cotangent]
    for id in model.nodes.indices.prefix(source + 1).reversed() where isBetween[id] {
      let node = model.nodes[id]
      guard node.inputs.contains(where: { isBetween[$0] }), let arriving = pending[id] else { continue }
      if !targets.contains(id) { pending[id] = nil }
      for (input, part) in zip(node.inputs, try flow(arriving, through: id, policy)) where isBetween[input] {
        pending[input] = pending[input].map { $0 + part } ?? part
      }
    }
    return targets.map { pending[$0] ?? Tensor(self[$0].shape) }
  }

  private func flow(
    _ cotangent: Tensor, through id: Model.Node.ID, _ policy: some BackwardPolicy
  ) throws(ModelError) -> [Tensor] {
    let node = model.nodes[id]
    let site = site(of: id)
    do throws(GeometryError) {
      if let replaced = try policy.pullback(cotangent, through: node, at: site) { return replaced }
      return try node.layer.pullback(cotangent, at: site)
    } catch {
      throw .layerDoesNotFit(layer: node.layerName, input: "what reaches it", reason: error)
    }
  }

  /// For every node whether `source` depends on it and it depends on a target, or is one.
  private func nodesBetween(_ targets: [Model.Node.ID], and source: Model.Node.ID) -> [Bool] {
    let before = model.ancestors(of: [source])
    var after = [Bool](repeating: false, count: model.nodes.count)
    for id in model.nodes.indices {
      after[id] = targets.contains(id) || model.nodes[id].inputs.contains { after[$0] }
    }
    return zip(before, after).map { $0 && $1 }
  }
}
