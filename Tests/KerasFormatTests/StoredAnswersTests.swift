import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Models that Keras saved against what Keras answers for them in 64 bits.
@Suite struct StoredAnswersTests {
  private func open(_ fixture: Fixture) throws -> (model: Model, answers: StoredAnswers) {
    let answers = try StoredAnswers(Fixture.path(#require(fixture.answers)))
    return (try Model(keras: fixture.path), answers)
  }

  static let readable = Fixture.all.filter { $0.now && $0.answers != nil }

  @Test func theIndexIsThere() {
    #expect(Self.readable.count >= 40)
    #expect(Fixture.all.contains { !$0.now })
  }

  @Test(arguments: readable)
  func outputsAndActivations(of fixture: Fixture) throws {
    let (model, answers) = try open(fixture)
    let input = try answers.tensor("input")
    #expect(model.inputShape == input.shape.with(batch: 1))
    let output = try answers.tensor("output")
    #expect(model.outputShape == output.shape.with(batch: 1))
    #expect(try model.predict(input).distance(to: output) < 1e-5)

    let layers = try answers.names(in: "activation")
    #expect(!layers.isEmpty)
    let nodes = try layers.map { try model.node(named: $0) }
    let trace = try model.trace([input], for: nodes)
    for (layer, node) in zip(layers, nodes) {
      let expected = try answers.tensor("activation/\(layer)")
      #expect(trace[node].shape == expected.shape, "\(layer)")
      #expect(trace[node].distance(to: expected) < 1e-5, "\(layer)")
    }
  }

  @Test(arguments: readable)
  func headAndLogits(of fixture: Fixture) throws {
    let (model, answers) = try open(fixture)
    let head = model.head
    let logits = try model.trace([answers.tensor("input")], for: [head.logits])[head.logits]
    let expected = try answers.tensor("logits")
    #expect(logits.reshaped(to: expected.shape).distance(to: expected) < 1e-5)
    // The normaliser is the node that reads the logits: of the same layer when it is fused, of its own otherwise.
    let reader = model.readers(of: head.logits).first.map { model.nodes[$0].layerName }
    switch fixture.head {
    case "fused": #expect(head.normalizer != nil && reader == model.nodes[head.logits].layerName)
    case "layer": #expect(head.normalizer != nil && reader != model.nodes[head.logits].layerName)
    default: #expect(head.normalizer == nil && head.logits == model.outputs[0])
    }
  }

  @Test(arguments: readable, ScoreSpace.allCases)
  func gradients(of fixture: Fixture, space: ScoreSpace) throws {
    let (model, answers) = try open(fixture)
    guard model.head.normalizer != nil || space == .logit else { return }
    let input = try answers.tensor("input")
    let gradient = space == .logit ? "gradient" : "gradient-probability"
    for (item, stored) in try answers.integers("target").enumerated() {
      // Stored answers count one sigmoid as output 0; it speaks for class 1.
      let target = model.head.isBinary ? 1 : stored
      let pass = try model.backward(from: Target(.index(target), in: space), at: input.item(item))
      var comparison = MapComparison()
      comparison.add(pass.gradient.values, try answers.row(item, of: gradient))
      #expect(comparison.worst < 1e-5, "item \(item)")
      if !model.head.isBinary {
        #expect(try model.score(Target(.top, in: space), at: input.item(item)).targets == [target])
      }
    }
  }

  @Test func headsWithoutProbabilitiesSaySo() throws {
    let model = try Model(keras: Fixture.path("head-relu-k2.h5"))
    let said = sentence {
      _ = try model.score(Target(.top, in: .probability), at: Tensor(model.inputShape))
    }
    #expect(said.hasPrefix("the model has no probabilities, because its last layer '"))
  }
}

/// Models that are not read yet, or never will be.
@Suite struct RefusedModelsTests {
  @Test(arguments: Fixture.all.filter { !$0.now })
  func refusedUnlessRight(fixture: Fixture) throws {
    let said = sentence { _ = try Model(keras: fixture.path) }
    guard said == "no error" else {
      let known = [
        "': layer '[a-z_0-9]+' has the class '[A-Za-z0-9]+', which is not known; (build that part|its function) "
      ]
      #expect(known.contains { said.range(of: $0, options: .regularExpression) != nil }, "\(said)")
      return
    }
    let model = try Model(keras: fixture.path)
    let answers = try StoredAnswers(Fixture.path(#require(fixture.answers)))
    #expect(try model.predict(answers.tensor("input")).distance(to: answers.tensor("output")) < 1e-5)
  }

  @Test(arguments: [("unsupported-lambda-k2.h5", "twice", "Lambda")])
  func namesLayerAndClass(file: String, layer: String, layerClass: String) {
    let said = sentence { _ = try Model(keras: Fixture.path(file)) }
    #expect(
      said == "'\(Fixture.path(file))': layer '\(layer)' has the class '\(layerClass)', which is not known; "
        + "its function is Python code, which is not run; build that part from layers, or from functions of keras.ops, "
        + "and save the model again")
  }
}
