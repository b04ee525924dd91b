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
        let shared = try fitting(name) { [replaced] () throws(GeometryError) in
          try layer.sharing(replaced[origin].layer)
        }
        replaced[id] = node.replacing(shared, inputs: node.inputs)
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
}

/// Replaces trained numbers of a layer and reports its errors as those of the model.
func fitting<Result>(
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
