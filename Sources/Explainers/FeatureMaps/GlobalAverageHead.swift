import Networks
import TensorCore

/// The end of a model whose feature maps reach the score through their means over all positions alone, and linearly.
struct GlobalAverageHead {
  /// The node of the feature maps.
  let maps: Model.Node.ID
  /// The node of their means.
  let means: Model.Node.ID
}

extension Model {
  /// The global average pooling before the score.
  ///
  /// Walks from the logits back over layers that are linear in the means: dense layers, convolutions of a single position,
  /// normalisations, and layers that only give values another shape.
  ///
  /// - Parameter method: The method's identifier, for messages.
  /// - Returns: The pooling's input and output.
  /// - Throws: `ExplanationError.noGlobalAverage` when another layer comes first.
  func globalAverageHead(for method: String) throws(ExplanationError) -> GlobalAverageHead {
    var node = head.logits
    while true {
      guard let input = nodes[node].inputs.first, nodes[node].inputs.count == 1 else { break }
      if isGlobalAverage(node) {
        guard let grid = try? featureMaps(of: nodes[input].name, for: method) else { break }
        return GlobalAverageHead(maps: grid, means: node)
      }
      let layer = nodes[node].layer
      guard nodes[input].shape.positions == 1, layer is any AffineLayer || layer is ReshapeLayer else {
        break
      }
      node = input
    }
    throw .noGlobalAverage(method: method, layer: nodes[node].layerName)
  }

  private func isGlobalAverage(_ node: Node.ID) -> Bool {
    let input = nodes[nodes[node].inputs[0]].shape
    return switch nodes[node].layer {
    case let layer as GlobalPoolingLayer: layer.kind == .average
    case let layer as ReductionLayer: layer.kind == .mean && layer.axes == Array(1..<(input.rank - 1))
    case let layer as PoolingLayer:
      layer.pooling.kind == .average && layer.pooling.window.kernel == input.spatial
        && nodes[node].shape.positions == 1
    default: false
    }
  }
}
