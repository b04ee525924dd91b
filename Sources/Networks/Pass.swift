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
    let pass = try backward(from: target, at: input, to: [node ?? inputs[0]])
    return Pass(
      output: pass.output, targets: pass.targets, scores: pass.scores, value: pass.values[0],
      gradient: pass.gradients[0])
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
    try score(target, of: values(of: [head.logits], at: [input])[0])
  }

  /// The classes and scores of a batch whose logits are known.
  ///
  /// - Parameters:
  ///   - target: The class to score, and the space of the score.
  ///   - logits: The value of the node `head.logits`.
  /// - Returns: One class and one score per item.
  /// - Throws: `ModelError` when the target does not exist or a score is not a number.
  package func score(_ target: Target, of logits: Tensor) throws(ModelError) -> (
    targets: [Int], scores: [Double]
  ) {
    if target.space == .probability, head.normalizer == nil {
      throw .noProbabilities(lastLayer: nodes[outputs[0]].layerName)
    }
    var named = target.versus.map { [$0] } ?? []
    if case .index(let index) = target.choice { named.append(index) }
    for index in named where !(0..<head.classes).contains(index) {
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
      let score = head.score(of: chosen, values, for: target)
      guard values.allSatisfy(\.isFinite), score.isFinite else { throw .scoreNotFinite(item: item) }
      targets.append(chosen)
      scores.append(score)
    }
    return (targets, scores)
  }
}
