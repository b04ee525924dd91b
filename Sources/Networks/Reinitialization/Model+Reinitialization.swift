import TensorCore

extension Model {
  /// The names of the layers whose trained numbers the score depends on, in the order of the graph.
  ///
  /// A layer that is used several times is named once, by its first use.
  public var trainedLayerNames: [String] {
    let first = firstUses
    return nodes(before: head.logits).reduce(into: []) { names, id in
      guard let origin = first[id] else { return }
      let name = nodes[origin].layerName
      if !names.contains(name) { names.append(name) }
    }
  }

  /// The same model with the trained numbers of some layers drawn anew.
  ///
  /// Every array of trained numbers, such as a kernel or a bias, gets as many numbers of the normal distribution with mean zero and the root
  /// mean square of the array, so that the values behind the layer keep their scale:
  ///
  ///     w'[i] = sqrt(mean over j of w[j]^2) * z[i],  z[i] standard normal
  ///
  /// An array of zeros stays as it is, and so does what batch normalisation takes off before it scales. Layer `k` of `trainedLayerNames` draws
  /// from a stream of its own, NumPy's `RandomState(s[k])`, where `s[k]` is word `k` of `RandomState(seed)`: its new numbers do not depend on
  /// which other layers are drawn anew. All uses of a layer change together.
  ///
  /// - Parameters:
  ///   - names: The layers, each by its name in `trainedLayerNames`.
  ///   - seed: The seed.
  /// - Returns: The model.
  /// - Throws: `ModelError.unknownLayer` for a name that is not there, `parametersNotReplaceable` for a layer of a kind that cannot be drawn
  ///   anew.
  public func reinitialized(_ names: Set<String>, seed: UInt32) throws(ModelError) -> Model {
    let known = trainedLayerNames
    for name in names.sorted() where !known.contains(name) {
      throw .unknownLayer(name: name, available: known)
    }
    let first = firstUses
    var random = NumPyLegacyRandom(seed: seed)
    var streams: [String: NumPyLegacyRandom] = [:]
    for name in known { streams[name] = NumPyLegacyRandom(seed: random.nextWord()) }
    var replaced = nodes
    for (id, node) in nodes.enumerated() {
      guard let origin = first[id], names.contains(nodes[origin].layerName) else { continue }
      let name = nodes[origin].layerName
      guard let layer = node.layer as? any TrainedLayer, var stream = streams[name] else {
        throw .parametersNotReplaceable(layer: name)
      }
      if origin != id {
        replaced[id] = node.replacing(
          try layer.sharing(replaced[origin].layer, of: name), inputs: node.inputs)
        continue
      }
      let new = try fitting(name) { () throws(GeometryError) in
        try layer.replacingParameters { $0.drawnAnew(from: &stream) }
      }
      streams[name] = stream
      replaced[id] = node.replacing(new, inputs: node.inputs)
    }
    return Model(name: self.name, nodes: replaced, inputs: inputs, outputs: outputs)
  }

  /// For every node with trained numbers the node that has them first.
  private var firstUses: [Node.ID: Node.ID] {
    var first: [Node.ID: Node.ID] = [:]
    for (id, node) in nodes.enumerated() where node.layer.parameterCount > 0 {
      let parameters = node.isShared ? node.layer.parameters : nil
      let origin = first.keys.sorted().first { earlier in
        first[earlier] == earlier && node.isShared && nodes[earlier].layer.parameters == parameters
      }
      first[id] = origin ?? id
    }
    return first
  }
}

extension Layer {
  /// The arrays of trained numbers; `nil` where they cannot be told.
  fileprivate var parameters: [Tensor]? {
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
  /// The layer with the trained numbers of another use of it.
  fileprivate func sharing(_ other: any Layer, of name: String) throws(ModelError) -> any Layer {
    var arrays = (other.parameters ?? [])[...]
    return try fitting(name) { () throws(GeometryError) in
      try replacingParameters { arrays.popFirst() ?? $0 }
    }
  }
}

/// Replaces trained numbers of a layer and reports its errors as those of the model.
private func fitting<Result>(
  _ layer: String, _ body: () throws(GeometryError) -> Result
) throws(ModelError) -> Result {
  do {
    return try body()
  } catch {
    throw .layerDoesNotFit(layer: layer, input: "its own weights", reason: error)
  }
}

extension Tensor {
  /// As many numbers of the normal distribution with mean zero and the root mean square of this tensor.
  fileprivate func drawnAnew(from random: inout NumPyLegacyRandom) -> Tensor {
    let squares = withValues { $0.reduce(0.0) { $0 + Double($1) * Double($1) } }
    let deviation = (squares / Double(Swift.max(count, 1))).squareRoot()
    return Tensor(shape, (0..<count).map { _ in Float(deviation * random.standardNormal()) })
  }
}
