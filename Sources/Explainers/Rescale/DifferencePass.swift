import Networks
import TensorCore

/// The values of a model at an item, to be compared with those at baselines.
struct DifferencePass {
  let trace: Trace
  let target: Target
  let score: Double

  private var model: Model { trace.model }
  private var logits: Model.Node.ID { trace.model.head.logits }

  /// The model's answer, flattened.
  var output: Tensor {
    let output = trace[model.outputs[0]]
    return output.reshaped(to: [1, output.shape.itemCount])
  }

  /// The multipliers of the input against a baseline, and the score there.
  ///
  /// - Throws: `ModelError` when the baseline does not fit the model or its score is not a number.
  func multipliers(
    against baseline: Tensor
  ) throws(ModelError) -> (Tensor, baselineScore: Double) {
    let reference = try model.trace([baseline], for: [logits])
    let baselineScore = try model.score(target, of: reference[logits]).scores[0]
    var start = slopes(of: target.index ?? 0, against: reference[logits].values)
    if let versus = target.versus {
      start = zip(start, slopes(of: versus, against: reference[logits].values)).map { $0 - $1 }
    }
    let multipliers = try trace.pullback(
      Tensor(trace[logits].shape, start), from: logits, to: [model.inputs[0]],
      policy: RescalePolicy(reference))[0]
    return (multipliers, baselineScore)
  }

  /// The multipliers of the logits for a class: those of the score's own nonlinearity where it has one, in 64 bits.
  private func slopes(of index: Int, against former: [Float]) -> [Float] {
    let values = trace[logits].values
    let direction = model.head.cotangent(of: index, values, in: .logit)
    guard target.space == .probability, let normalizer = model.head.normalizer else { return direction }
    let gradient = model.head.cotangent(of: index, values, in: .probability)
    let gain =
      model.head.score(of: index, values, in: .probability)
      - model.head.score(of: index, former, in: .probability)
    let slopes = values.indices.map { place -> Double in
      let difference = Double(values[place]) - Double(former[place])
      if abs(difference) < 1e-10 { return Double(gradient[place]) }
      return direction[place] == 0 ? 0 : gain / difference
    }
    guard normalizer == .softmax else { return slopes.map { Float($0) } }
    let run = model.head.outputsSharingSoftmax(with: index)
    let mean = run.reduce(0) { $0 + slopes[$1] } / Double(run.count)
    return slopes.indices.map { run.contains($0) ? Float(slopes[$0] - mean) : 0 }
  }
}

extension Model {
  /// The values at an item.
  ///
  /// - Throws: `ModelError` when the item does not fit, the target does not exist or the score is not a number.
  func differences(from target: Target, at input: Tensor) throws(ModelError) -> DifferencePass {
    let trace = try trace([input], for: [head.logits, outputs[0]])
    let (targets, scores) = try score(target, of: trace[head.logits])
    return DifferencePass(trace: trace, target: target.fixed(to: targets[0]), score: scores[0])
  }
}
