import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Gradients, losses and moving statistics of Keras in 64 bits (`Scripts/make-training-gradients.py`).
@Suite struct TrainingGradientsTests {
  static let cases = [
    "signal", "signal-dilated", "image", "image-depthwise", "volume", "transposed", "transposed-signal",
    "batch-normalization", "batch-normalization-image", "frozen", "slopes", "layer-normalization", "shared",
    "branches",
  ]

  /// The layers that the script freezes.
  private static let frozen = ["frozen": ["first", "norm", "kept", "last"]]

  private static func path(_ name: String) -> String { Fixture.path("training/\(name).h5") }

  private static func pass(_ name: String) throws -> (
    model: Model, pass: TrainingPass, answers: StoredAnswers
  ) {
    let model = try Model(keras: path(name))
    let answers = try StoredAnswers(path("answers"))
    let labels = try answers.doubles("\(name)/y")
    let trained = model.trainableNodes.filter { !(frozen[name] ?? []).contains(model.nodes[$0].layerName) }
    let pass = try model.trainingPass(
      [answers.tensor("\(name)/x")], seed: 0, training: Set(trained)
    ) { logits in
      crossEntropy(logits, labels)
    }
    return (model, pass, answers)
  }

  /// The mean of `log(sum(exp(z))) - sum(y * z)` over the batch, and its derivative `(softmax(z) - y) / batch`.
  private static func crossEntropy(_ logits: Tensor, _ labels: [Double]) -> (loss: Double, cotangent: Tensor)
  {
    let (batch, classes) = (logits.shape.batch, logits.shape.channels)
    var loss = 0.0
    var cotangent: [Float] = []
    for item in 0..<batch {
      let row = logits.item(item).values.map { Double($0) }
      let sum = row.reduce(0) { $0 + exp($1) }
      for index in 0..<classes {
        let label = labels[item * classes + index]
        loss += label * (log(sum) - row[index]) / Double(batch)
        cotangent.append(Float((exp(row[index]) / sum - label) / Double(batch)))
      }
    }
    return (loss, Tensor(logits.shape, cotangent))
  }

  @Test(arguments: cases) func gradientsAreThoseOfKeras(_ name: String) throws {
    let (model, pass, answers) = try Self.pass(name)
    let loss = try answers.doubles("\(name)/loss")[0]
    #expect(abs(pass.loss - loss) < 2e-6 * loss)
    var found: [String: [Tensor]] = [:]
    for id in pass.gradients.keys.sorted() {
      let layer = try #require(model.nodes[id].layer as? any TrainableLayer)
      let gradients = try #require(pass.gradients[id])
      #expect(gradients.map(\.shape) == layer.parameters.map(\.values.shape))
      found[model.nodes[id].layerName, default: []] += gradients
    }
    let layers = try answers.names(in: "\(name)/gradients")
    #expect(Set(found.filter { !$0.value.isEmpty }.keys) == Set(layers))
    for layer in layers {
      let places = try answers.names(in: "\(name)/gradients/\(layer)").sorted()
      let own = try #require(found[layer])
      #expect(own.count == places.count, "\(layer)")
      for (place, gradient) in zip(places, own) {
        let expected = try answers.doubles("\(name)/gradients/\(layer)/\(place)")
        let largest = expected.reduce(0) { max($0, abs($1)) }
        let error = zip(gradient.values, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
        // What flows back through a batch normalisation cancels almost completely in a bias before it.
        #expect(error < 1e-5 * max(largest, 1e-2), "\(layer)/\(place): \(error) of \(largest)")
      }
    }
  }

  @Test(arguments: cases) func movingStatisticsAreThoseOfKeras(_ name: String) throws {
    let (model, pass, answers) = try Self.pass(name)
    let layers = try answers.names(in: "\(name)/statistics")
    let frozen = Self.frozen[name] ?? []
    #expect(Set(pass.updated.keys.map { model.nodes[$0].layerName }) == Set(layers).subtracting(frozen))
    for layer in layers {
      let id = try #require(model.nodes.firstIndex { $0.layerName == layer })
      let new = (pass.updated[id] ?? model.nodes[id].layer) as? NormalizationLayer
      let batch = try #require(new?.batchNormalization)
      for (name, values, kind) in [(name, batch.mean, "mean"), (name, batch.variance, "variance")] {
        let expected = try answers.doubles("\(name)/statistics/\(layer)/\(kind)")
        let error = zip(values, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
        #expect(error < 1e-6, "\(kind) of \(layer)")
      }
    }
  }

  /// The same bytes whatever the number of threads.
  @Test(.serialized, arguments: cases) func nothingDependsOnThreads(_ name: String) throws {
    let before = Threads.count
    defer { Threads.count = before }
    Threads.count = 1
    let one = try Self.pass(name).pass
    Threads.count = 2
    let two = try Self.pass(name).pass
    #expect(one.value.bits == two.value.bits)
    for (id, gradients) in one.gradients {
      #expect(gradients.map(\.bits) == two.gradients[id]?.map(\.bits))
    }
  }
}
