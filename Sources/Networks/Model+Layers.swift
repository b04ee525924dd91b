extension Model {
  /// The nodes of one use of a layer.
  public struct LayerGroup: Sendable {
    /// The layer's name.
    public let name: String
    /// Its nodes in the order of the graph.
    public let nodes: [Node.ID]
    /// The node that gives its output.
    public let output: Node.ID
    /// The nodes of other layers that it reads, each once.
    public let reads: [Node.ID]
  }

  /// The uses of layers in the order of the graph, each with all its nodes.
  public var layerGroups: [LayerGroup] {
    var order: [String] = []
    var members: [String: [Node.ID]] = [:]
    for (id, node) in nodes.enumerated() {
      if members[node.layerName] == nil { order.append(node.layerName) }
      members[node.layerName, default: []].append(id)
    }
    return order.map { name in
      let own = members[name] ?? []
      var reads: [Node.ID] = []
      for input in own.flatMap({ nodes[$0].inputs })
      where nodes[input].layerName != name
        && !reads.contains(where: { nodes[$0].layerName == nodes[input].layerName })
      {
        reads.append(input)
      }
      let output = own.first { nodes[$0].name == name } ?? own[own.count - 1]
      return LayerGroup(name: name, nodes: own, output: output, reads: reads)
    }
  }
}
