import TensorCore

/// One forward pass, node by node: the values of the nodes of a model for a batch of inputs.
public struct Trace: Sendable {
  /// The model that was run.
  public let model: Model
  let values: [Tensor?]

  /// The value of a node that was asked for or that lies before one.
  public subscript(id: Model.Node.ID) -> Tensor {
    guard let value = values[id] else { preconditionFailure("node \(model.nodes[id].name) was not run") }
    return value
  }

  /// Whether a node was run.
  package func contains(_ id: Model.Node.ID) -> Bool { values[id] != nil }
}

extension Model {
  /// Runs the model, node by node and as far as is needed for some nodes, and keeps all values.
  ///
  /// - Parameters:
  ///   - inputs: One batch for every input of the model.
  ///   - nodes: The nodes whose values are wanted; the outputs when `nil`.
  /// - Returns: The values of these nodes and of those before them.
  /// - Throws: `ModelError` when the inputs do not fit the model.
  public func trace(_ inputs: [Tensor], for nodes: [Node.ID]? = nil) throws(ModelError) -> Trace {
    let all = ancestors(of: nodes ?? outputs).enumerated().filter(\.element).map(\.offset)
    let plan = ExecutionPlan(of: self, for: .init(values: all), by: FusedOperations(isFusing: false))
    return Trace(model: self, values: try plan.run(self, at: inputs))
  }

  /// The values of some nodes, by the fastest way.
  ///
  /// - Parameters:
  ///   - nodes: The nodes whose values are wanted.
  ///   - inputs: One batch for every input of the model.
  /// - Returns: One tensor for every node.
  /// - Throws: `ModelError` when the inputs do not fit the model.
  public func values(of nodes: [Node.ID], at inputs: [Tensor]) throws(ModelError) -> [Tensor] {
    let values = try plans.plan(of: self, for: .init(values: nodes)).run(self, at: inputs)
    return nodes.map { id in
      guard let value = values[id] else { preconditionFailure("node \(self.nodes[id].name) was not run") }
      return value
    }
  }

  /// The answer of the model as its file defines it.
  ///
  /// - Parameter input: `[batch, spatial..., channels]`.
  /// - Returns: `[batch, ...]`, the value of the first output.
  /// - Throws: `ModelError` when the input does not fit the model.
  public func predict(_ input: Tensor) throws(ModelError) -> Tensor {
    let batches = streamed(input.shape.batch)
    // Every thread takes items of its own through the whole network, whose values then stay in the caches. Weights that outweigh the
    // values are rather read once for the whole batch.
    let weights = parameterCount * MemoryLayout<Float>.stride
    guard inputs.count == 1, batches.count >= 2 * Threads.count, weights <= streamingBatch * activationBytes
    else {
      return try values(of: [outputs[0]], at: [input])[0]
    }
    try check([input])
    var answers: [Tensor] = []
    try Threads.stream(batches.count) { (batch) throws(ModelError) in
      try values(of: [outputs[0]], at: [input.items(batches[batch])])[0]
    } into: { answer in
      answers.append(answer)
    }
    return Tensor(joining: answers)
  }

  /// For every node whether one of `targets` depends on it.
  func ancestors(of targets: [Node.ID]) -> [Bool] {
    var needed = [Bool](repeating: false, count: nodes.count)
    for id in targets { needed[id] = true }
    for id in nodes.indices.reversed() where needed[id] {
      for input in nodes[id].inputs { needed[input] = true }
    }
    return needed
  }

  func check(_ inputs: [Tensor]) throws(ModelError) {
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
