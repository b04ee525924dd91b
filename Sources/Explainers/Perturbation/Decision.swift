import Networks
import TensorCore

/// What a model decided for an item, and how it scored the class that is explained.
package struct Decision: Sendable {
  /// What the model answered, flattened to `[1, classes]`.
  package let output: Tensor
  /// The class that is explained, and the space of its score.
  package let target: Target
  /// The index of that class.
  package let index: Int
  /// Its score.
  package let score: Double
}

extension Model {
  /// Decides an item: one forward pass.
  ///
  /// - Throws: `ExplanationError.model` when the target or the input do not fit the model.
  package func decision(on input: Tensor, for target: Target) throws(ExplanationError) -> Decision {
    try running { () throws(ModelError) in
      let values = try values(of: [head.logits, outputs[0]], at: [input])
      let (targets, scores) = try score(target, of: values[0])
      return Decision(
        output: values[1].reshaped(to: [1, values[1].shape.itemCount]),
        target: target.fixed(to: targets[0]), index: targets[0], score: scores[0])
    }
  }
}

extension Attribution {
  /// The explanation that a method found by passes of its own.
  init(
    _ map: Tensor, explaining input: Tensor, decision: Decision, by info: MethodInfo,
    baselineScore: Double? = nil, parameters: [Parameter] = [], passes: Int
  ) {
    self.init(
      map: map, input: input, output: decision.output, target: decision.index,
      scoreSpace: decision.target.space, score: decision.score, baselineScore: baselineScore,
      completenessGap: baselineScore.map { map.sum - (decision.score - $0) }, method: info.id,
      parameters: parameters, preset: info.preset)
    self.passes = passes
  }
}
