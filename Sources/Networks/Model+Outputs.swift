extension Model {
  /// The names of the outputs, those of the layers that give them.
  public var outputNames: [String] { outputs.map { nodes[$0].name } }

  /// The same model with one of its outputs as its only answer.
  ///
  /// - Parameter name: The name of the output's layer.
  /// - Returns: The model.
  /// - Throws: `ModelError.unknownOutput` when no output has that name.
  public func answering(with name: String) throws(ModelError) -> Model {
    guard let output = outputs.first(where: { nodes[$0].name == name }) else {
      throw .unknownOutput(name: name, available: outputNames)
    }
    return Model(name: self.name, nodes: nodes, inputs: inputs, outputs: [output])
  }
}
