import TensorCore

extension ExecutionPlan {
  /// Runs the steps.
  ///
  /// - Parameters:
  ///   - model: The model that the plan is for.
  ///   - inputs: One batch for every input of the model.
  /// - Returns: For every node its value, where it is wanted or needed for the way back.
  /// - Throws: `ModelError` when the inputs do not fit the model.
  func run(_ model: Model, at inputs: [Tensor]) throws(ModelError) -> [Tensor?] {
    try model.check(inputs)
    var values = [Tensor?](repeating: nil, count: model.nodes.count)
    for (id, input) in zip(model.inputs, inputs) { values[id] = input }
    for step in steps {
      let operands = step.inputs.compactMap { values[$0] }
      do throws(GeometryError) {
        values[step.node] = try step.forward(operands)
      } catch {
        throw .layerDoesNotFit(
          layer: model.nodes[step.node].layerName, input: "what reaches it", reason: error)
      }
      for released in step.released { values[released] = nil }
    }
    return values
  }

  /// Sends a cotangent back from the source to the targets.
  ///
  /// - Parameters:
  ///   - cotangent: What starts at the source, of the shape of its value.
  ///   - model: The model that the plan is for.
  ///   - values: The values of the nodes; those of passed steps are let go unless they are wanted.
  ///   - policy: What replaces the pullback of chosen layers.
  /// - Returns: For every target its cotangent, or `nil` where the source does not depend on it.
  /// - Throws: `ModelError` when a layer cannot take what reaches it.
  func pullback(
    _ cotangent: Tensor, in model: Model, _ values: inout [Tensor?], policy: some BackwardPolicy
  ) throws(ModelError) -> [Tensor?] {
    guard let gradient = purpose.gradient else { return [] }
    var pending = [Tensor?](repeating: nil, count: model.nodes.count)
    pending[gradient.source] = cotangent
    for backward in backward {
      let node = backward.step.node
      guard var arriving = pending[node], let output = values[node] else { continue }
      if !gradient.targets.contains(node) { pending[node] = nil }
      if let rectifier = backward.step.rectifier, backward.isGatedHere {
        arriving = rectifier.pullback(arriving, at: output)
      }
      let site = Site(inputs: backward.step.inputs.compactMap { values[$0] }, output: output)
      if !purpose.values.contains(node) { values[node] = nil }
      let parts: [Tensor]
      do throws(GeometryError) {
        parts = try backward.parts(arriving, at: site, through: model.nodes[node], policy)
      } catch {
        throw .layerDoesNotFit(layer: model.nodes[node].layerName, input: "what reaches it", reason: error)
      }
      for (index, input) in backward.step.inputs.enumerated() where backward.reaches[index] {
        pending[input] = pending[input].map { $0 + parts[index] } ?? parts[index]
      }
    }
    return gradient.targets.map { pending[$0] }
  }
}

extension ExecutionPlan.Step {
  /// The value that the step gives for its operands.
  ///
  /// - Throws: `GeometryError` when the layer cannot take them.
  func forward(_ operands: [Tensor]) throws(GeometryError) -> Tensor {
    if let sequence { return try sequence(operands[0]) }
    guard let rectifier else { return try layer.forward(operands) }
    if let layer = layer as? any FusingLayer { return try layer.forward(operands, through: rectifier) }
    return rectifier(try layer.forward(operands))
  }
}

extension ExecutionPlan.BackwardStep {
  fileprivate func parts(
    _ cotangent: Tensor, at site: Site, through node: Model.Node, _ policy: some BackwardPolicy
  ) throws(GeometryError) -> [Tensor] {
    if let gate, let layer = step.layer as? any FusingLayer {
      return [try layer.pullback(cotangent, at: site, through: gate)]
    }
    if let replaced = try policy.pullback(cotangent, through: node, at: site) { return replaced }
    return try step.layer.pullback(cotangent, at: site)
  }
}
