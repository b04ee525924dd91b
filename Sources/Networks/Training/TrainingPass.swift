import TensorCore

/// What one pass of training gives.
public struct TrainingPass: Sendable {
  /// The loss of the batch.
  public let loss: Double
  /// The value that the loss was computed from, such as the logits: `[batch, ...]`.
  public let value: Tensor
  /// For every trained node the gradients of the loss with respect to its parameters, in their order.
  public let gradients: [Model.Node.ID: [Tensor]]
  /// The trained layers that a step moves by itself: batch normalisations with new moving statistics.
  public let updated: [Model.Node.ID: any Layer]
}

extension Model {
  /// One forward and one backward pass of training.
  ///
  /// Dropout and noise act, and batch normalisations that are trained use the statistics of the batch; those that are frozen act as at
  /// inference. Frozen layers cost nothing but their part of the way, and nothing before the first trained node is run backward. The
  /// result depends on the inputs and the seed, but not on the number of threads.
  ///
  /// - Parameters:
  ///   - inputs: One batch for every input of the model.
  ///   - seed: The seed of what is drawn, another one for every step.
  ///   - node: The node whose value the loss is computed from; `head.logits` when `nil`, so that softmax or sigmoid and the logarithm can be
  ///     computed together.
  ///   - trained: The nodes whose gradients are wanted, among `trainableNodes`.
  ///   - loss: The loss of the batch for the node's value, and the cotangent of that value, of the same shape.
  /// - Returns: The loss, the value and the gradients.
  /// - Throws: `ModelError.notTrainable` for a node that cannot be trained; another `ModelError` when the inputs do not fit the model.
  public func trainingPass(
    _ inputs: [Tensor], seed: UInt32, from node: Node.ID? = nil, training trained: Set<Node.ID>,
    loss: (Tensor) -> (loss: Double, cotangent: Tensor)
  ) throws(ModelError) -> TrainingPass {
    for id in trained.sorted() where !(nodes[id].layer is any TrainableLayer) || nodes[id].isShared {
      throw .notTrainable(layer: nodes[id].layerName, layerClass: nodes[id].layerClass)
    }
    try check(inputs)
    let source = node ?? head.logits
    let plan = trainingPlans.plan(of: self, for: .init(source: source, trained: trained))
    MemoryPool.keep(atLeast: inputs[0].shape.batch * plan.bytes)
    var run = TrainingRun(plan, of: self, seed: seed)
    let value = try run.forward(inputs)
    let end = loss(value)
    precondition(
      end.cotangent.shape == value.shape,
      "the cotangent of \(value.shape) cannot have shape \(end.cotangent.shape)")
    try run.backward(end.cotangent)
    for id in trained where run.gradients[id] == nil {
      run.gradients[id] = (nodes[id].layer as? any TrainableLayer)?.parameters.map { Tensor($0.values.shape) }
    }
    return TrainingPass(loss: end.loss, value: value, gradients: run.gradients, updated: run.updated)
  }
}

/// One pass while it runs.
private struct TrainingRun {
  let plan: TrainingPlan
  let model: Model
  let steps: [ExecutionPlan.Step]
  var values: [Tensor?]
  var gradients: [Model.Node.ID: [Tensor]] = [:]
  var updated: [Model.Node.ID: any Layer] = [:]

  init(_ plan: TrainingPlan, of model: Model, seed: UInt32) {
    self.plan = plan
    self.model = model
    values = [Tensor?](repeating: nil, count: model.nodes.count)
    let seeds = SplitMix64(seed: UInt64(seed))
    steps = plan.steps.map { step in
      guard !plan.folded.contains(step.operation), !step.isRectifierAlone(in: model) else { return step }
      let layer = model.nodes[step.operation].layer
      let isActive = !(layer is any TrainableLayer) || plan.isTrained(step.operation)
      guard isActive, let training = layer as? any TrainingModeLayer else {
        return step.computing(layer).roundedFreely
      }
      return step.computing(
        training.inTraining(seed: UInt32(truncatingIfNeeded: seeds[step.operation])))
    }
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

extension TrainingPlan {
  /// Whether a node, or the first use of its layer, is trained.
  fileprivate func isTrained(_ node: Model.Node.ID) -> Bool {
    purpose.trained.contains(firstUses[node] ?? node)
  }
}

extension ExecutionPlan.Step {
  /// Whether the step is an activation whose rectifier does all of its work.
  fileprivate func isRectifierAlone(in model: Model) -> Bool {
    rectifier != nil && model.nodes[operation].layer is ActivationLayer
  }

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
