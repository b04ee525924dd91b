import Networks
import TensorCore

extension Model {
  /// The node whose feature maps a method uses.
  ///
  /// - Parameters:
  ///   - layer: A layer's name, or `nil` for the default.
  ///   - method: The method's identifier, for messages.
  /// - Returns: A node with as many spatial axes as the input, or as a reshaping gives the input first.
  /// - Throws: `ExplanationError` when there is no such layer or it has no feature maps over the input's positions.
  func featureMaps(of layer: String?, for method: String) throws(ExplanationError) -> Node.ID {
    guard let layer else {
      guard let node = defaultFeatureMaps else { throw .noFeatureMaps(method: method) }
      return node
    }
    let node = try running { () throws(ModelError) in try self.node(named: layer) }
    let spatial = nodes[node].shape.spatial
    guard grid(ofRank: spatial.count) != nil else {
      throw .layerWithoutPositions(method: method, layer: layer, shape: nodes[node].shape)
    }
    return node
  }

  /// The feature maps that activation methods use by default: the output of the last convolution.
  ///
  /// Normalisations, activations, additions and layers that do nothing at inference count as part of the convolution, as
  /// long as nothing else reads what is between.
  public var defaultFeatureMaps: Node.ID? {
    guard
      var node = nodes.lastIndex(where: {
        $0.layer.role == .convolution && grid(ofRank: $0.shape.spatial.count) != nil
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

  /// A map over the positions of feature maps in the resolution of the input.
  ///
  /// Where the input is reshaped before it has the axes of the feature maps, the map is brought to the resolution of what comes out, and
  /// then every element of the input has the value of the position that it goes to.
  ///
  /// - Parameters:
  ///   - map: `[1, spatial..., 1]`.
  ///   - shape: The shape of the input, `[1, spatial..., channels]`.
  ///   - interpolation: How values between positions are found.
  /// - Returns: `[1, spatial..., 1]`, or of the input's shape when that is reshaped first.
  func overInput(_ map: Tensor, of shape: Shape, by interpolation: Interpolation) -> Tensor {
    guard let grid = grid(ofRank: map.shape.spatial.count), grid != inputs[0] else {
      return map.resized(to: shape.spatial, by: interpolation)
    }
    let resized = map.resized(to: nodes[grid].shape.spatial, by: interpolation).values
    let channels = nodes[grid].shape.channels
    return Tensor(shape, resized.flatMap { Array(repeating: $0, count: channels) })
  }

  /// The input, or what reshapings alone make of it, where it first has a number of spatial axes.
  private func grid(ofRank rank: Int) -> Node.ID? {
    guard rank > 0 else { return nil }
    var node = inputs[0]
    while nodes[node].shape.spatial.count != rank {
      // What is fixed reads the input only for the number of items.
      let readers = readers(of: node).filter { nodes[$0].layer.role != .mask }
      guard readers.count == 1, nodes[readers[0]].layer is ReshapeLayer else { return nil }
      node = readers[0]
    }
    return node
  }
}
