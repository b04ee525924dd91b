import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Models with several inputs as functions of one of them, against the gradients that TensorFlow gives for all.
@Suite struct VaryingInputTests {
  static let files = [
    "graphs/ends-k3.keras ends-k3", "graphs/functions-k2.h5 functions-k2",
    "graphs/functions-k3.h5 functions-k3",
    "older/merged-keras-1.h5 merged-keras-1",
  ]

  @Test(arguments: files)
  func answersAndGradientsAreThoseOfTheWhole(line: String) throws {
    let names = line.split(separator: " ").map(String.init)
    let model = try Model(keras: Fixture.path(names[0]))
    let folder = names[0].split(separator: "/")[0]
    let answers = try StoredAnswers(Fixture.path("\(folder)/\(names[1]).answers.h5"))
    let whole = try model.inputs.indices.map { try answers.tensor("input/\($0)") }
    let cotangent = try answers.tensor("cotangent")
    for item in 0..<2 {
      let inputs = whole.map { $0.item(item) }
      for index in inputs.indices {
        let part = try model.varying(input: index, of: inputs)
        #expect(part.inputs == [0] && part.nodes[0].name == model.nodes[model.inputs[index]].name)
        #expect(part.nodes.count < model.nodes.count + 1)
        let trace = try part.trace([inputs[index]])
        for (position, output) in part.outputs.enumerated() {
          let expected = try answers.tensor("output/\(position)").item(item)
          #expect(trace[output].distance(to: expected) < 1e-5)
        }
        let gradient = try trace.pullback(cotangent.item(item), from: part.outputs[0], to: [0])[0]
        let expected = try answers.tensor("gradient/\(index)").item(item)
        #expect(gradient.distance(to: expected) < 2e-5, "input \(index)")
        #expect(part.head.normalizer == model.head.normalizer)
        // A batch of the one input shares the values of the others.
        let pair = try part.values(
          of: [part.outputs[0]], at: [Tensor(joining: [inputs[index], inputs[index] * 2])])[0]
        #expect(pair.item(0).distance(to: trace[part.outputs[0]]) < 1e-6)
      }
    }
  }

  @Test func whatDoesNotDependOnTheInputIsLeftOut() throws {
    let model = try Model(keras: Fixture.path("graphs/ends-k3.keras"))
    let inputs = model.inputs.map { Tensor(model.nodes[$0].shape, repeating: 0.5) }
    let facts = try model.varying(input: 1, of: inputs)
    #expect(!facts.nodes.contains { $0.layer.role == .convolution })
    let signal = try model.varying(input: 0, of: inputs)
    #expect(signal.nodes.contains { $0.layer.role == .convolution })
    #expect(
      try facts.score(.topClass, at: inputs[1]).targets == signal.score(.topClass, at: inputs[0]).targets)
  }

  @Test func theItemHasToFit() throws {
    let model = try Model(keras: Fixture.path("graphs/ends-k3.keras"))
    let said = sentence { _ = try model.varying(input: 0, of: [Tensor(model.inputShape)]) }
    #expect(said == sentence { _ = try model.trace([Tensor(model.inputShape)]) } && said != "no error")
  }
}
