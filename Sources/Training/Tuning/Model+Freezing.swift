import Networks

extension Model {
  /// The nodes up to a layer, for `TrainingSettings.frozen`: the layer itself and everything that its output depends on.
  ///
  /// - Parameter name: The last layer whose parameters stay as they are.
  /// - Returns: The nodes.
  /// - Throws: `ModelError.unknownLayer` when there is none of that name.
  public func frozenNodes(until name: String) throws(ModelError) -> Set<Node.ID> {
    let last = try node(named: name)
    var frozen: Set<Node.ID> = [last]
    // Every node comes after those that it reads.
    for id in nodes.indices.prefix(last + 1).reversed() where frozen.contains(id) {
      frozen.formUnion(nodes[id].inputs)
    }
    return frozen
  }
}
