import Networks
import TensorCore

extension Model {
  /// The parameters of some nodes, one node after the other.
  func parameters(of ids: [Node.ID]) -> [Parameter] {
    ids.flatMap { (nodes[$0].layer as? any TrainableLayer)?.parameters ?? [] }
  }

  /// The model with other parameters at some nodes.
  ///
  /// - Parameters:
  ///   - ids: The nodes.
  ///   - arrays: The arrays that take the place of `parameters(of:)`, of the same shapes.
  ///   - updated: Layers that take the place of those of the model before their parameters are replaced.
  /// - Returns: The model.
  func replacingParameters(
    of ids: [Node.ID], by arrays: [Tensor], in updated: [Node.ID: any Layer] = [:]
  ) -> Model {
    var layers = updated
    var rest = arrays[...]
    for id in ids {
      guard let layer = (updated[id] ?? nodes[id].layer) as? any TrainableLayer else { continue }
      do {
        layers[id] = try layer.replacingParameters { rest.popFirst() ?? $0 }
      } catch {
        preconditionFailure("parameters of other shapes were put into '\(nodes[id].name)': \(error)")
      }
    }
    precondition(rest.isEmpty, "\(rest.count) arrays are no parameters of the nodes")
    return replacing(layers)
  }
}
