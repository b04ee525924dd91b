import Foundation
import SignalLens
import Synchronization

/// Runs a model over its inputs, several items at a time.
struct Predictor {
  /// What a model says of one item.
  struct Prediction: Sendable {
    var predicted: Int
    var outputs: [Float]
  }

  let model: Model
  /// One set of items for each input of the model.
  let inputs: [InputSet]
  let isQuiet: Bool

  /// The predictions in the order of the items.
  func run() throws -> [Prediction] {
    let progress = ProgressBar("predicting", total: inputs[0].items.count, isQuiet: isQuiet)
    defer { progress.finish() }
    return try Threads.map(inputs[0].items.count) { index in
      let prediction = try predict(index)
      progress.advance()
      return prediction
    }
  }

  private func predict(_ index: Int) throws -> Prediction {
    let tensors = try inputs.map { try $0.load(index).input }
    let head = model.head
    let trace = try model.trace(tensors, for: [head.logits, model.outputs[0]])
    let outputs = trace[model.outputs[0]].values
    guard outputs.allSatisfy(\.isFinite) else { throw ModelError.scoreNotFinite(item: index) }
    return Prediction(predicted: head.predictedClass(trace[head.logits].values), outputs: outputs)
  }
}
