import Synchronization
import TensorCore

/// How the nodes of a model become steps of a plan: one by one, or with those computed together that can be.
///
/// A convolution takes a batch normalisation behind it into its kernel, and a rectifier behind that. The weights that come out of it are made once and shared by all plans.
final class FusedOperations: Sendable {
  /// Whether nodes are computed together where possible.
  let isFusing: Bool
  private let folded = Mutex<[Folding: ConvolutionLayer]>([:])

  private struct Folding: Hashable {
    let convolution: Model.Node.ID
    let normalization: Model.Node.ID
  }

  /// Creates a way of making steps.
  ///
  /// - Parameter isFusing: Whether nodes are computed together where possible, else every node is a step of its own.
  init(isFusing: Bool) { self.isFusing = isFusing }

  /// The steps that compute some nodes, in the order of the graph.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - kept: Nodes whose values must be there afterwards.
  ///   - needed: For every node whether it is computed at all.
  ///   - unfolded: Convolutions and normalisations that are computed one by one.
  /// - Returns: One step for every needed node, or for several.
  func steps(
    of model: Model, keeping kept: Set<Model.Node.ID>, needed: [Bool], unfolded: Set<Model.Node.ID> = []
  ) -> [ExecutionPlan.Step] {
    var readers = [[Model.Node.ID]](repeating: [], count: model.nodes.count)
    for id in model.nodes.indices where needed[id] {
      for input in model.nodes[id].inputs { readers[input].append(id) }
    }
    /// The only node that reads a value which nobody else wants.
    func successor(_ id: Model.Node.ID) -> Model.Node.ID? {
      isFusing && readers[id].count == 1 && !kept.contains(id) ? readers[id][0] : nil
    }
    var taken: Set<Model.Node.ID> = []
    var steps: [ExecutionPlan.Step] = []
    for (id, node) in model.nodes.enumerated()
    where needed[id] && !taken.contains(id) && node.layer.role != .input {
      var (last, layer) = (id, node.layer)
      var rectifier: Rectifier?
      if let convolution = layer as? ConvolutionLayer, let next = successor(last),
        let normalization = model.nodes[next].layer as? NormalizationLayer,
        !unfolded.contains(id), !unfolded.contains(next)
      {
        layer = fold(normalization, at: next, into: convolution, at: id)
        taken.insert(next)
        last = next
      }
      if isFusing, let own = (layer as? ActivationLayer)?.activation.rectifier {
        (layer, rectifier) = (IdentityLayer(), own)
      } else if layer is any FusingLayer, let next = successor(last),
        let behind = (model.nodes[next].layer as? ActivationLayer)?.activation.rectifier
      {
        taken.insert(next)
        (rectifier, last) = (behind, next)
      }
      steps.append(
        .init(node: last, operation: id, layer: layer, rectifier: rectifier, inputs: node.inputs))
    }
    return steps.sorted { $0.node < $1.node }
  }

  private func fold(
    _ normalization: NormalizationLayer, at second: Model.Node.ID, into convolution: ConvolutionLayer,
    at first: Model.Node.ID
  ) -> ConvolutionLayer {
    folded.withLock { folded in
      let key = Folding(convolution: first, normalization: second)
      if let made = folded[key] { return made }
      let made = ConvolutionLayer(convolution.convolution.scaled(by: normalization.scaling))
      folded[key] = made
      return made
    }
  }
}

/// The plans of a model that have been asked for.
final class PlanCache: Sendable {
  /// Plans that are kept: a method asks for one or a few, a sweep over layers for one per layer.
  private static let mostKept = 64

  private let operations = FusedOperations(isFusing: true)
  private let plans = Mutex<[ExecutionPlan.Purpose: ExecutionPlan]>([:])

  /// The plan for a purpose.
  func plan(of model: Model, for purpose: ExecutionPlan.Purpose) -> ExecutionPlan {
    if let plan = plans.withLock({ $0[purpose] }) { return plan }
    let plan = ExecutionPlan(of: model, for: purpose, by: operations)
    plans.withLock { plans in
      if plans.count == Self.mostKept { plans.removeAll() }
      plans[purpose] = plan
    }
    return plan
  }
}
