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
  let inputs: InputSet
  let isQuiet: Bool

  /// The predictions in the order of the items.
  func run() throws -> [Prediction] {
    let progress = ProgressBar("predicting", total: inputs.items.count, isQuiet: isQuiet)
    defer { progress.finish() }
    return try Threads.map(inputs.items.count) { index in
      let prediction = try predict(index)
      progress.advance()
      return prediction
    }
  }

  private func predict(_ index: Int) throws -> Prediction {
    let input = try inputs.load(index).input
    let values = try model.values(of: [model.head.logits, model.outputs[0]], at: [input])
    let outputs = values[1].values
    guard outputs.allSatisfy(\.isFinite) else { throw ModelError.scoreNotFinite(item: index) }
    return Prediction(predicted: model.head.predictedClass(values[0].values), outputs: outputs)
  }
}
