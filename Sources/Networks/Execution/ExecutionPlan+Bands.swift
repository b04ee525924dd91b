import TensorCore

extension ExecutionPlan {
  /// The steps with those together that are computed band by band.
  ///
  /// Steps are put together when each slides a window over what the one before it gives, nothing else reads that, and bands pay.
  ///
  /// - Parameters:
  ///   - steps: One step for every operation, in the order of the graph.
  ///   - model: The model.
  ///   - kept: Nodes whose values must be there afterwards.
  /// - Returns: The steps; one that stands for several has their sequence.
  static func inBands(_ steps: [Step], of model: Model, except kept: Set<Model.Node.ID>) -> [Step] {
    var readers: [Model.Node.ID: Int] = [:]
    for input in steps.flatMap(\.inputs) { readers[input, default: 0] += 1 }
    var result: [Step] = []
    for step in steps {
      if let last = result.indices.last(where: { [result[$0].node] == step.inputs }),
        readers[result[last].node] == 1, !kept.contains(result[last].node),
        let joined = result[last].followed(by: step, in: model)
      {
        result.remove(at: last)
        result.append(joined)
      } else {
        result.append(step)
      }
    }
    return result
  }
}

extension ExecutionPlan.Step {
  /// The step as stages of a sequence, or `nil` when it is not one that slides a window.
  private var stages: [SlidingStage]? {
    if let sequence { return sequence.stages }
    if let layer = layer as? ConvolutionLayer, layer.role == .convolution {
      return [.convolution(layer.convolution, through: rectifier)]
    }
    if let layer = layer as? PoolingLayer, rectifier == nil { return [.pooling(layer.pooling)] }
    return nil
  }

  /// This step and the one that reads its value as one, or `nil` when they do not slide or do not pay.
  fileprivate func followed(by next: ExecutionPlan.Step, in model: Model) -> ExecutionPlan.Step? {
    guard inputs.count == 1, let stages, let behind = next.stages else { return nil }
    let sequence = SlidingSequence(stages + behind)
    guard let bands = try? sequence.bands(for: model.nodes[inputs[0]].shape), bands[0].count > 1 else {
      return nil
    }
    var result = ExecutionPlan.Step(
      node: next.node, operation: operation, layer: next.layer, rectifier: next.rectifier, inputs: inputs)
    result.sequence = sequence
    return result
  }
}

extension Model {
  /// How many operations are computed together in bands, for each such sequence of a pass, so that tests know what they test.
  ///
  /// - Parameters:
  ///   - values: The nodes whose values are wanted.
  ///   - targets: Where the gradients of the logits are wanted; `nil` for a pass without a way back.
  /// - Returns: The lengths of the sequences, in the order of the graph.
  package func bandedOperations(keeping values: [Node.ID], gradientsAt targets: [Node.ID]? = nil) -> [Int] {
    let gradient = targets.map { ExecutionPlan.Purpose.Gradient(source: head.logits, targets: $0) }
    let plan = plans.plan(of: self, for: .init(values: values, gradient: gradient))
    return plan.steps.compactMap { $0.sequence?.stages.count }
  }
}
