import TensorCore

/// One forward pass: the values of the nodes of a model for a batch of inputs.
public struct Trace: Sendable {
  /// The model that was run.
  public let model: Model
  private let values: [Tensor?]

  /// Runs a model as far as is needed for some nodes.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - inputs: One batch for every input of the model.
  ///   - nodes: The nodes whose values are wanted.
  /// - Throws: `ModelError` when the inputs do not fit the model.
  init(of model: Model, at inputs: [Tensor], for nodes: [Model.Node.ID]) throws(ModelError) {
    try model.check(inputs)
    let needed = model.ancestors(of: nodes)
    var values = [Tensor?](repeating: nil, count: model.nodes.count)
    for (id, node) in model.nodes.enumerated() where needed[id] {
      if let position = model.inputs.firstIndex(of: id) {
        values[id] = inputs[position]
        continue
      }
      do {
        values[id] = try node.layer.forward(node.inputs.compactMap { values[$0] })
      } catch {
        throw .layerDoesNotFit(layer: node.layerName, input: "what reaches it", reason: error)
      }
    }
    self.model = model
    self.values = values
  }

  /// The value of a node that was asked for or that lies before one.
  public subscript(id: Model.Node.ID) -> Tensor {
    guard let value = values[id] else { preconditionFailure("node \(model.nodes[id].name) was not run") }
    return value
  }

  /// Whether a node was run.
  package func contains(_ id: Model.Node.ID) -> Bool { values[id] != nil }

  /// What went into a node and came out of it.
  func site(of id: Model.Node.ID) -> Site {
    Site(inputs: model.nodes[id].inputs.map { self[$0] }, output: self[id])
  }
}

extension Model {
  /// Runs the model as far as is needed for some nodes.
  ///
  /// - Parameters:
  ///   - inputs: One batch for every input of the model.
  ///   - nodes: The nodes whose values are wanted; the outputs when `nil`.
  /// - Returns: The values of these nodes and of those before them.
  /// - Throws: `ModelError` when the inputs do not fit the model.
  public func trace(_ inputs: [Tensor], for nodes: [Node.ID]? = nil) throws(ModelError) -> Trace {
    try Trace(of: self, at: inputs, for: nodes ?? outputs)
  }

  /// The answer of the model as its file defines it.
  ///
  /// - Parameter input: `[batch, spatial..., channels]`.
  /// - Returns: `[batch, ...]`, the value of the first output.
  /// - Throws: `ModelError` when the input does not fit the model.
  public func predict(_ input: Tensor) throws(ModelError) -> Tensor { try trace([input])[outputs[0]] }

  /// For every node whether one of `targets` depends on it.
  func ancestors(of targets: [Node.ID]) -> [Bool] {
    var needed = [Bool](repeating: false, count: nodes.count)
    for id in targets { needed[id] = true }
    for id in nodes.indices.reversed() where needed[id] {
      for input in nodes[id].inputs { needed[input] = true }
    }
    return needed
  }

  fileprivate func check(_ inputs: [Tensor]) throws(ModelError) {
    guard inputs.count == self.inputs.count else {
      throw .wrongInputCount(expected: self.inputs.count, found: inputs.count)
    }
    for (id, input) in zip(self.inputs, inputs) {
      guard input.shape.rank >= 2, input.shape.with(batch: 1) == nodes[id].shape else {
        throw .inputDoesNotFit(expected: nodes[id].shape, found: input.shape)
      }
    }
  }
}
