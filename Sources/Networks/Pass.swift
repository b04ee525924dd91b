import TensorCore

/// One forward and one backward pass of a batch: the scores of its items and their gradients at one node.
public struct Pass: Sendable {
  /// The answer of the model, flattened to `[batch, outputs]`.
  public let output: Tensor
  /// The class of every item whose score was taken.
  public let targets: [Int]
  /// The score of every item.
  public let scores: [Double]
  /// The value of the node at which the gradient was taken.
  public let value: Tensor
  /// The gradient of every item's score with respect to `value`.
  public let gradient: Tensor
}

extension Model {
  /// Scores and their gradient at a node.
  ///
  /// - Parameters:
  ///   - target: The class to score, and the space of the score.
  ///   - input: `[batch, spatial..., channels]`.
  ///   - node: Where the gradient is wanted; the input when `nil`.
  /// - Returns: Scores, values and gradients. Only the part of the graph behind `node` is run backward.
  /// - Throws: `ModelError` when the input does not fit, the target does not exist or a score is not a number.
  public func backward(
    from target: Target, at input: Tensor, to node: Node.ID? = nil
  ) throws(ModelError) -> Pass {
    let node = node ?? inputs[0]
    let (logits, output) = (head.logits, outputs[0])
    let plan = plans.plan(
      of: self,
      for: .init(values: [logits, output, node], gradient: .init(source: logits, targets: [node])))
    var values = try plan.run(self, at: [input])
    guard let answer = values[output], let scored = values[logits], let value = values[node] else {
      preconditionFailure("a plan gives the values that it is for")
    }
    let (targets, scores) = try score(target, scored)
    let cotangent = Tensor(
      scored.shape,
      targets.indices.flatMap { head.cotangent(of: targets[$0], scored.item($0).values, in: target.space) })
    let gradient = try plan.pullback(cotangent, in: self, &values, policy: DerivativePolicy())[0]
    return Pass(
      output: answer.reshaped(to: [answer.shape.batch, answer.shape.itemCount]), targets: targets,
      scores: scores, value: value, gradient: gradient ?? Tensor(value.shape))
  }

  /// The classes and scores of a batch, with a forward pass alone.
  ///
  /// - Parameters:
  ///   - target: The class to score, and the space of the score.
  ///   - input: `[batch, spatial..., channels]`.
  /// - Returns: One class and one score per item.
  /// - Throws: `ModelError` when the input does not fit, the target does not exist or a score is not a number.
  public func score(_ target: Target, at input: Tensor) throws(ModelError) -> (
    targets: [Int], scores: [Double]
  ) {
    try score(target, values(of: [head.logits], at: [input])[0])
  }

  /// The classes and scores of a batch whose logits are known.
  ///
  /// - Parameters:
  ///   - target: The class to score, and the space of the score.
  ///   - logits: The value of the node `head.logits`.
  /// - Returns: One class and one score per item.
  /// - Throws: `ModelError` when the target does not exist or a score is not a number.
  package func score(_ target: Target, _ logits: Tensor) throws(ModelError) -> (
    targets: [Int], scores: [Double]
  ) {
    if target.space == .probability, head.normalizer == nil {
      throw .noProbabilities(lastLayer: nodes[outputs[0]].layerName)
    }
    if case .index(let index) = target.choice, !(0..<head.classes).contains(index) {
      throw .noSuchClass(index: index, classes: head.classes)
    }
    var targets: [Int] = []
    var scores: [Double] = []
    for item in 0..<logits.shape.batch {
      let values = logits.item(item).values
      let chosen =
        switch target.choice {
        case .top: head.predictedClass(values)
        case .index(let index): index
        }
      let score = head.score(of: chosen, values, in: target.space)
      guard values.allSatisfy(\.isFinite), score.isFinite else { throw .scoreNotFinite(item: item) }
      targets.append(chosen)
      scores.append(score)
    }
    return (targets, scores)
  }
}
