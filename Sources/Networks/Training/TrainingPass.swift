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
  /// result depends on the inputs and the seed, but not on the number of threads. Batches of small items are divided over threads by items,
  /// unless a layer takes the statistics of the batch.
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
    let parts = TrainingParts(of: inputs, plan, self, seed: seed)
    let value = try parts.forward()
    let end = loss(value)
    precondition(
      end.cotangent.shape == value.shape,
      "the cotangent of \(value.shape) cannot have shape \(end.cotangent.shape)")
    var result = try parts.backward(end.cotangent)
    for id in trained where result.gradients[id] == nil {
      result.gradients[id] = (nodes[id].layer as? any TrainableLayer)?.parameters.map {
        Tensor($0.values.shape)
      }
    }
    return TrainingPass(
      loss: end.loss, value: value, gradients: result.gradients, updated: result.updated)
  }
}
