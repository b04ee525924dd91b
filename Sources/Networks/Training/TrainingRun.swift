import TensorCore

/// One pass over a batch, or a part of one, while it runs.
struct TrainingRun: Sendable {
  let plan: TrainingPlan
  let model: Model
  let steps: [ExecutionPlan.Step]
  var values: [Tensor?]
  var gradients: [Model.Node.ID: [Tensor]] = [:]
  var updated: [Model.Node.ID: any Layer] = [:]

  /// Prepares a pass.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - model: The model that it is for.
  ///   - steps: The plan's steps with the layers of this pass.
  init(_ plan: TrainingPlan, of model: Model, steps: [ExecutionPlan.Step]) {
    self.plan = plan
    self.model = model
    self.steps = steps
    values = [Tensor?](repeating: nil, count: model.nodes.count)
  }

  /// Runs the steps and gives the value that the loss is computed from.
  mutating func forward(_ inputs: [Tensor]) throws(ModelError) -> Tensor {
    for (id, input) in zip(model.inputs, inputs) { values[id] = input }
    for step in steps {
      let operands = step.inputs.compactMap { values[$0] }
      let output = try fitting(step) { () throws(GeometryError) in try step.forward(operands) }
      values[step.node] = output
      if plan.isTrained(step.operation), let layer = step.layer as? any TrainingModeLayer {
        let origin = plan.firstUses[step.operation] ?? step.operation
        let before = updated[origin] as? any TrainingModeLayer
        let after = (before ?? layer).updated(by: Site(inputs: operands, output: output))
        if let after { updated[origin] = after }
      }
      for released in step.released { values[released] = nil }
    }
    guard let value = values[plan.purpose.source] else {
      preconditionFailure("a plan gives the value that it is for")
    }
    return value
  }

  /// Sends the cotangent of that value back and collects gradients.
  mutating func backward(_ cotangent: Tensor) throws(ModelError) {
    var pending = [Tensor?](repeating: nil, count: model.nodes.count)
    pending[plan.purpose.source] = cotangent
    for backward in plan.backward {
      let step = steps[backward.step]
      guard var arriving = pending[step.node], let output = values[step.node] else { continue }
      pending[step.node] = nil
      values[step.node] = nil
      if let rectifier = step.rectifier, backward.isGatedHere {
        arriving = rectifier.pullback(arriving, at: output)
      }
      let site = Site(inputs: step.inputs.compactMap { values[$0] }, output: output)
      let parts = try fitting(step) { [plan, arriving] () throws(GeometryError) in
        try step.pullbacks(arriving, at: site, backward, isTrained: plan.isTrained(step.operation))
      }
      if let own = parts.parameters { add(own, at: step.operation) }
      for (index, input) in step.inputs.enumerated() where backward.reaches[index] {
        pending[input] = pending[input].map { $0 + parts.inputs[index] } ?? parts.inputs[index]
      }
    }
  }

  private mutating func add(_ gradient: [Tensor], at node: Model.Node.ID) {
    let origin = plan.firstUses[node] ?? node
    gradients[origin] = gradients[origin].map { zip($0, gradient).map { $0 + $1 } } ?? gradient
  }

  private func fitting<Result>(
    _ step: ExecutionPlan.Step, _ body: () throws(GeometryError) -> Result
  ) throws(ModelError) -> Result {
    do {
      return try body()
    } catch {
      throw .layerDoesNotFit(
        layer: model.nodes[step.operation].layerName, input: "what reaches it", reason: error)
    }
  }
}

extension ExecutionPlan.Step {
  /// The cotangents of the inputs, as far as one goes there, and those of the parameters, when they are trained.
  fileprivate func pullbacks(
    _ cotangent: Tensor, at site: Site, _ backward: TrainingPlan.BackwardStep, isTrained: Bool
  ) throws(GeometryError) -> (inputs: [Tensor], parameters: [Tensor]?) {
    let reachesInputs = backward.reaches.contains(true)
    if isTrained, reachesInputs, let layer = layer as? any JointlyTrainableLayer {
      let both = try layer.pullbacks(cotangent, at: site)
      return (both.inputs, both.parameters)
    }
    let parameters =
      isTrained ? try (layer as? any TrainableLayer)?.parameterPullback(cotangent, at: site) : nil
    guard reachesInputs else { return ([], parameters) }
    if let gate = backward.gate, let layer = layer as? any FusingLayer {
      return ([try layer.pullback(cotangent, at: site, through: gate)], parameters)
    }
    return (try layer.pullback(cotangent, at: site), parameters)
  }
}
