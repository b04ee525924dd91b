import Networks
import TensorCore

extension Model {
  /// The node whose feature maps a method uses.
  ///
  /// - Parameters:
  ///   - layer: A layer's name, or `nil` for the default.
  ///   - method: The method's identifier, for messages.
  /// - Returns: A node with as many spatial axes as the input.
  /// - Throws: `ExplanationError` when there is no such layer or it has no feature maps over the input's positions.
  func featureMaps(of layer: String?, for method: String) throws(ExplanationError) -> Node.ID {
    guard let layer else {
      guard let node = defaultFeatureMaps else { throw .noFeatureMaps(method: method) }
      return node
    }
    let node = try running { () throws(ModelError) in try self.node(named: layer) }
    let spatial = nodes[node].shape.spatial
    guard !spatial.isEmpty, spatial.count == inputShape.spatial.count else {
      throw .layerWithoutPositions(method: method, layer: layer, shape: nodes[node].shape)
    }
    return node
  }

  /// The feature maps that activation methods use by default: the output of the last convolution.
  ///
  /// Normalisations, activations, additions and layers that do nothing at inference count as part of the convolution, as
  /// long as nothing else reads what is between.
  public var defaultFeatureMaps: Node.ID? {
    let spatialRank = inputShape.spatial.count
    guard
      var node = nodes.lastIndex(where: {
        $0.layer.role == .convolution && $0.shape.spatial.count == spatialRank
      })
    else { return nil }
    while true {
      let readers = readers(of: node)
      guard readers.count == 1, !outputs.contains(node), nodes[readers[0]].shape == nodes[node].shape,
        [.normalization, .activation, .merge, .identity].contains(nodes[readers[0]].layer.role)
      else { return node }
      node = readers[0]
    }
  }
}
