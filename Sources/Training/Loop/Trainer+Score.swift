import Networks
import TensorCore

extension Trainer {
  /// How well a model does on some items, as they are, with all of them counting alike.
  ///
  /// Batches are run on several threads at once; what is found does not depend on their number.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - data: The items.
  /// - Returns: The loss, with the penalty of all kernels of the model, and the share of right answers. Cost: one forward pass per item.
  /// - Throws: `TrainingError` when the data or the loss do not fit the model, and what keeps items from being loaded.
  public func score(of model: Model, on data: any TrainingData) throws -> TrainingScore {
    let trained = model.trainableNodes.filter { !settings.frozen.contains($0) }
    return try score(of: model, on: data, penalizing: trained)
  }

  /// The score with the penalty of the kernels of some nodes.
  func score(
    of model: Model, on data: any TrainingData, penalizing nodes: [Model.Node.ID]
  ) throws -> TrainingScore {
    try data.checkLabels()
    try check(data, for: model)
    let node = settings.loss.source(in: model) ?? model.head.logits
    let batches = model.streamed(data.count)
    let (labels, loss) = (data.labels, settings.loss)
    var (sum, correct) = (0.0, 0)
    try Threads.stream(batches.count) { index in
      let items = Array(batches[index])
      let outputs = try model.values(of: [node], at: [data.items(items, epoch: nil)])[0]
      let value = loss.value(of: outputs, for: .labels(items.map { labels[$0] }))
      return (loss: value.loss * Double(items.count), correct: value.correct)
    } into: { found in
      sum += found.loss
      correct += found.correct
    }
    var penalty = 0.0
    for parameter in settings.l2 > 0 ? model.parameters(of: nodes) : [] where parameter.role == .kernel {
      penalty += settings.l2 * parameter.values.sumOfSquares
    }
    let count = Double(data.count)
    return TrainingScore(loss: sum / count + penalty, accuracy: Double(correct) / count)
  }
}
