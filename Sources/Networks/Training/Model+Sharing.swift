import TensorCore

extension Model {
  /// For every node with trained numbers the node that has them first.
  ///
  /// The uses of a layer have equal numbers and are named after the first: `a` and `a/2`, `tower/a` and `tower/2/a`. Where names tell
  /// nothing, equal numbers do.
  package var firstUses: [Node.ID: Node.ID] {
    var first: [Node.ID: Node.ID] = [:]
    for (id, node) in nodes.enumerated() where node.layer.parameterCount > 0 {
      first[id] = id
      guard node.isShared, let parameters = node.layer.trainedArrays else { continue }
      let origins = nodes.indices.prefix(id).filter {
        first[$0] == $0 && nodes[$0].layer.trainedArrays == parameters
      }
      first[id] = origins.first { nodes[$0].nameOfFirstUse == node.nameOfFirstUse } ?? origins.first ?? id
    }
    return first
  }
}

extension Model.Node {
  /// The name without the numbers of uses.
  fileprivate var nameOfFirstUse: String {
    name.split(separator: "/").filter { Int($0) == nil }.joined(separator: "/")
  }
}

extension Layer {
  /// The arrays of trained numbers; `nil` where they cannot be told.
  var trainedArrays: [Tensor]? {
    guard let layer = self as? any TrainedLayer else { return nil }
    var arrays: [Tensor] = []
    _ = try? layer.replacingParameters {
      arrays.append($0)
      return $0
    }
    return arrays
  }
}

extension TrainedLayer {
  /// The layer with the trained numbers of another use of it; for a normalisation also with its moving statistics.
  func sharing(_ other: any Layer) throws(GeometryError) -> any Layer {
    if self is NormalizationLayer, other is NormalizationLayer { return other }
    var arrays = (other.trainedArrays ?? [])[...]
    return try replacingParameters { arrays.popFirst() ?? $0 }
  }
}
