import Networks

/// The layers of a model as boxes with lines between them.
struct LayerGraph: Sendable {
  /// One use of a layer.
  struct Box: Sendable {
    let name: String
    /// Its class and the shape of its output.
    let caption: String
    let role: LayerRole
    /// Whether Grad-CAM uses its output when no layer is named.
    let isDefaultLayer: Bool
  }

  /// The layers, each behind those that it reads.
  let boxes: [Box]
  /// For every box the boxes that it reads.
  let reads: [[Int]]

  /// The layers of a model, a model inside it being the layers it is made of.
  init(of model: Model) {
    let groups = model.layerGroups
    let numbers = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($0.element.name, $0.offset) })
    let defaultLayer = model.defaultFeatureMaps.map { model.nodes[$0].layerName }
    boxes = groups.map { group in
      let node = model.nodes[group.output]
      let role = group.nodes.map { model.nodes[$0].layer.role }.first { Self.leading.contains($0) }
      return Box(
        name: group.name, caption: "\(node.layerClass) · \(node.shape.item)", role: role ?? node.layer.role,
        isDefaultLayer: group.name == defaultLayer)
    }
    reads = groups.map { $0.reads.compactMap { numbers[model.nodes[$0].layerName] } }
  }

  /// Roles that name a layer of several nodes: a convolution with its activation is a convolution.
  private static let leading: [LayerRole] = [.convolution, .dense, .recurrent, .attention, .embedding]
}
