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
  /// Sends a cotangent back through the graph, node by node.
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
    let purpose = ExecutionPlan.Purpose(values: [], gradient: .init(source: source, targets: targets))
    let plan = ExecutionPlan(of: model, for: purpose, by: FusedOperations(isFusing: false))
    var values = values
    let result = try plan.pullback(cotangent, in: model, &values, policy: policy)
    return zip(result, targets).map { $0 ?? Tensor(self[$1].shape) }
  }
}
