import Networks
import Synchronization
import TensorCore

/// Sends relevance in the place of cotangents, and notes what every node keeps.
final class RelevancePolicy: BackwardPolicy {
  private let plan: RelevancePlan
  private let kept = Mutex<[LayerRelevance]>([])

  /// Creates a policy.
  ///
  /// - Parameter plan: How relevance flows through every node.
  init(_ plan: RelevancePlan) { self.plan = plan }

  /// What arrived at every node so far, from the logits towards the input, and what did not leave it.
  var byLayer: [LayerRelevance] { kept.withLock { $0 } }

  /// The relevance of the inputs of a node.
  ///
  /// - Throws: `GeometryError` when the layer cannot take what reaches it.
  func pullback(
    _ relevance: Tensor, through node: Model.Node, at site: Site
  ) throws(GeometryError) -> [Tensor]? {
    guard let flow = plan.flow(through: node) else { return nil }
    let parts = try flow.divide(relevance, through: node.layer, at: site)
    let arriving = relevance.sum
    let entry = LayerRelevance(
      layer: node.name, arriving: arriving, residual: arriving - parts.reduce(0) { $0 + $1.sum })
    kept.withLock { $0.append(entry) }
    return parts
  }
}
