import Networks

extension GraphAssembly {
  /// The node that holds the mask of a layer's output.
  mutating func mask(
    after name: String, _ configuration: LayerConfiguration, _ flow: MaskFlow, inputs: [Model.Node.ID]
  ) throws(KerasFormatError) -> Model.Node.ID? {
    switch flow {
    case .dropped, .read: return nil
    case .passed, .readAndPassed: return masks[inputs[0]]
    case .taken:
      let mask = masks[inputs[0]]
      for input in inputs { masks[input] = nil }
      return mask
    case .made(let layer):
      return try add(
        layer, name: "\(name)/mask", of: name, configuration.layerClass, after: [inputs[0]])
    case .joined(let layer), .readAndJoined(let layer):
      let known = inputs.compactMap { masks[$0] }
      return try add(
        layer, name: "\(name)/mask", of: name, configuration.layerClass, after: known)
    }
  }
}
