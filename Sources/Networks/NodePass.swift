import TensorCore

/// One pass of a batch: the scores of its items, with values and, where asked for, the scores' gradients at some nodes.
public struct NodePass: Sendable {
  /// The answer of the model, flattened to `[batch, outputs]`.
  public let output: Tensor
  /// The class of every item whose score was taken.
  public let targets: [Int]
  /// The score of every item.
  public let scores: [Double]
  /// The value of every node that was asked for.
  public let values: [Tensor]
  /// The gradient of every item's score with respect to each of the values; none when no gradients were asked for.
  public let gradients: [Tensor]
}

extension Model {
  /// Scores and the values of some nodes, from one forward pass.
  ///
  /// - Parameters:
  ///   - target: The class to score, and the space of the score.
  ///   - input: `[batch, spatial..., channels]`.
  ///   - nodes: The nodes whose values are wanted.
  /// - Returns: Scores and values, without gradients.
  /// - Throws: `ModelError` when the input does not fit, the target does not exist or a score is not a number.
  public func forward(
    to target: Target, at input: Tensor, keeping nodes: [Node.ID]
  ) throws(ModelError) -> NodePass {
    let plan = plans.plan(of: self, for: .init(values: [head.logits, outputs[0]] + nodes))
    return try pass(plan, target, input, nodes, policy: DerivativePolicy())
  }

  /// Scores and their gradients at some nodes, from one forward and one backward pass.
  ///
  /// - Parameters:
  ///   - target: The class to score, and the space of the score.
  ///   - input: `[batch, spatial..., channels]`.
  ///   - nodes: Where gradients are wanted.
  /// - Returns: Scores, values and gradients. Only the part of the graph behind the first of the nodes is run backward.
  /// - Throws: `ModelError` when the input does not fit, the target does not exist or a score is not a number.
  public func backward(
    from target: Target, at input: Tensor, to nodes: [Node.ID]
  ) throws(ModelError) -> NodePass {
    let plan = plans.plan(of: self, for: purpose(nodes))
    return try pass(plan, target, input, nodes, policy: DerivativePolicy())
  }

  /// Scores and what a policy hands back from them to some nodes, from one forward and one backward pass.
  ///
  /// Every node is a step of its own, so that the policy sees each layer as the model has it.
  ///
  /// - Parameters:
  ///   - target: The class to score, and the space of the score.
  ///   - input: `[batch, spatial..., channels]`.
  ///   - nodes: Where the result is wanted.
  ///   - policy: What replaces the pullback of chosen layers.
  /// - Returns: Scores and values, and in the place of gradients what the policy makes of them.
  /// - Throws: `ModelError` when the input does not fit, the target does not exist or a score is not a number.
  public func backward(
    from target: Target, at input: Tensor, to nodes: [Node.ID], policy: some BackwardPolicy
  ) throws(ModelError) -> NodePass {
    let plan = ExecutionPlan(of: self, for: purpose(nodes), by: FusedOperations(isFusing: false))
    return try pass(plan, target, input, nodes, policy: policy)
  }

  /// Scores and their gradients at some nodes, for gradients that are summed up: over many points, or over the positions of feature maps.
  ///
  /// The way forward takes the faster transforms also before a maximum. Equal values stay equal, but of two that rounding alone tells apart
  /// the other one may be the largest: in a single gradient that would be by far the largest error, in a sum of many it is small.
  ///
  /// - Parameters:
  ///   - target: The class to score, and the space of the score.
  ///   - input: `[batch, spatial..., channels]`.
  ///   - nodes: Where gradients are wanted; the input when `nil`.
  /// - Returns: Scores, values and gradients.
  /// - Throws: `ModelError` when the input does not fit, the target does not exist or a score is not a number.
  package func backwardOfSummand(
    from target: Target, at input: Tensor, to nodes: [Node.ID]? = nil
  ) throws(ModelError) -> NodePass {
    let nodes = nodes ?? [inputs[0]]
    let plan = plans.plan(of: self, for: purpose(nodes, isSummand: true))
    return try pass(plan, target, input, nodes, policy: DerivativePolicy())
  }

  private func purpose(_ nodes: [Node.ID], isSummand: Bool = false) -> ExecutionPlan.Purpose {
    .init(
      values: [head.logits, outputs[0]] + nodes,
      gradient: .init(source: head.logits, targets: nodes, isSummand: isSummand))
  }

  private func pass(
    _ plan: ExecutionPlan, _ target: Target, _ input: Tensor, _ nodes: [Node.ID], policy: some BackwardPolicy
  ) throws(ModelError) -> NodePass {
    var values = try plan.run(self, at: [input])
    guard let answer = values[outputs[0]], let logits = values[head.logits] else {
      preconditionFailure("a plan gives the values that it is for")
    }
    let (targets, scores) = try score(target, of: logits)
    let wanted = nodes.compactMap { values[$0] }
    let cotangent = Tensor(
      logits.shape,
      targets.indices.flatMap { head.cotangent(of: targets[$0], logits.item($0).values, for: target) })
    let gradients = try plan.pullback(cotangent, in: self, &values, policy: policy)
    return NodePass(
      output: answer.reshaped(to: [answer.shape.batch, answer.shape.itemCount]), targets: targets,
      scores: scores, values: wanted, gradients: zip(gradients, wanted).map { $0 ?? Tensor($1.shape) })
  }
}
