import Networks
import TensorCore

extension Model {
  /// The last layer of every block of a convolutional network, in the order of the graph.
  ///
  /// A block ends where the positions become fewer: at what a pooling or a convolution with a stride reads (borders may be added in
  /// between), if everything that reaches the answer passes through it, so that what lies within a residual branch does not count. The last
  /// block ends where `defaultFeatureMaps` says. The input and what only reshapes or normalises it are no blocks.
  var blockLayers: [Node.ID] {
    guard let last = defaultFeatureMaps else { return [] }
    let before = nodes(before: head.logits)
    let afterConvolution = before.filter { id in
      nodes(before: id).contains { nodes[$0].layer.role == .convolution }
    }
    let ends = passages(among: before).filter { id in
      id < last && afterConvolution.contains(id) && ![.routing, .identity].contains(nodes[id].layer.role)
        && nodes[id].shape.spatial.count == nodes[last].shape.spatial.count && isSampledDown(id)
    }
    return ends + [last]
  }

  /// The nodes through which all paths lead.
  private func passages(among ids: [Node.ID]) -> [Node.ID] {
    let needed = Set(ids)
    var farthest = 0
    return ids.filter { id in
      let isPassage = farthest <= id
      farthest = max(farthest, readers(of: id).filter(needed.contains).max() ?? id)
      return isPassage
    }
  }

  /// Whether something with a stride reads a node, possibly behind layers that move or keep its values.
  private func isSampledDown(_ id: Node.ID) -> Bool {
    readers(of: id).contains { reader in
      switch nodes[reader].layer {
      case let pooling as PoolingLayer: pooling.pooling.window.stride.contains { $0 > 1 }
      case let convolution as ConvolutionLayer: convolution.convolution.window.stride.contains { $0 > 1 }
      default: [.routing, .identity].contains(nodes[reader].layer.role) && isSampledDown(reader)
      }
    }
  }
}
