import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Models that are graphs, in every format that Keras saves, against what Keras answers for them.
@Suite struct GraphAnswersTests {
  /// One line of `graphs/index.json`.
  struct Line: Decodable, CustomTestStringConvertible, Sendable {
    var file: String
    var architecture: String?
    var answers: String

    var testDescription: String { file }

    func open() throws -> (model: Model, notes: [String], answers: StoredAnswers) {
      let file = try KerasFile(
        Fixture.path("graphs/\(file)"), architecture: architecture.map { Fixture.path("graphs/\($0)") })
      return (file.model, file.notes, try StoredAnswers(Fixture.path("graphs/\(answers)")))
    }
  }

  static let lines: [Line] = {
    let data = FileManager.default.contents(atPath: Fixture.path("graphs/index.json")) ?? Data()
    return (try? JSONDecoder().decode([Line].self, from: data)) ?? []
  }()

  @Test func theIndexIsThere() {
    #expect(Self.lines.count >= 20)
  }

  @Test(arguments: lines)
  func outputsAndGradients(of line: Line) throws {
    let (model, _, answers) = try line.open()
    let inputs = try model.inputs.indices.map { try answers.tensor("input/\($0)") }
    #expect(try answers.names(in: "input").count == inputs.count)
    #expect(try answers.names(in: "output").count == model.outputs.count)
    #expect(model.inputs.map { model.nodes[$0].shape } == inputs.map { $0.shape.with(batch: 1) })
    let trace = try model.trace(inputs)
    for (index, id) in model.outputs.enumerated() {
      let expected = try answers.tensor("output/\(index)")
      #expect(trace[id].shape == expected.shape)
      #expect(trace[id].distance(to: expected) < 1e-5, "output \(index)")
    }
    let gradients = try trace.pullback(
      answers.tensor("cotangent"), from: model.outputs[0], to: model.inputs)
    for (index, gradient) in gradients.enumerated() {
      #expect(gradient.distance(to: try answers.tensor("gradient/\(index)")) < 2e-5, "input \(index)")
    }
  }

  @Test func usesOfALayerShareItsWeights() throws {
    let model = try Model(keras: Fixture.path("graphs/nested-k3.keras"))
    let names = model.nodes.map(\.name)
    for name in [
      "conv", "conv/2", "pair/head/conv", "pair/2/head/conv", "pair/head", "pair", "pair/output/2", "pair/2",
    ] {
      #expect(names.contains(name), "\(name)")
    }
    // conv 2 x 3 x 2 + 2, norm 4 x 2, head's conv 3 x 2 x 3 + 3, its dense layer 18 x 4 + 4, the last 10 x 3 + 3.
    #expect(model.parameterCount == 14 + 8 + 21 + 76 + 33)
    let shared = try model.nodes.filter { $0.isShared && $0.layer.parameterCount > 0 }.map { node in
      (node, try #require(model.nodes.first { $0.name == node.name.replacing("/2", with: "") }))
    }
    #expect(shared.count == 4)
    for (again, first) in shared {
      guard let a = again.layer as? ConvolutionLayer, let b = first.layer as? ConvolutionLayer else {
        continue
      }
      #expect(
        a.convolution.weights.withValues { $0.baseAddress }
          == b.convolution.weights.withValues { $0.baseAddress })
    }
  }

  /// Archives have the weights of what stands at several places only where it comes first.
  @Test(arguments: ["shared-k3.keras", "shared-k2.keras"])
  func whatStandsAtTwoLevelsSharesItsWeights(file: String) throws {
    let model = try Model(keras: Fixture.path("graphs/\(file)"))
    // conv 3 x 2 x 2 + 2, deep the same, dense 12 x 3 + 3, end 9 x 2 + 2.
    #expect(model.parameterCount == 14 + 14 + 39 + 20)
    for name in ["inner/deep", "pair/inner/deep", "inner/2/deep", "pair/conv"] {
      #expect(model.nodes.contains { $0.name == name }, "\(name)")
    }
  }

  @Test(arguments: [
    ("Mystery", "build that part from layers that Keras brings along and save the model again"),
    (
      "Lambda",
      "its function is Python code, which is not run; build that part from layers, or from functions of keras.ops, and save the model again"
    ),
    (
      "My>Norm",
      "it is code of its own, which is not in the file; build that part from layers that Keras brings along and save the model again"
    ),
  ])
  func anUnknownLayerInsideAModelIsNamedWithItsPath(layerClass: String, help: String) throws {
    let text = try String(contentsOfFile: Fixture.path("graphs/nested-k3.json"), encoding: .utf8)
    let changed = NSTemporaryDirectory() + "nested-\(UUID()).json"
    try text.replacingOccurrences(of: "\"BatchNormalization\"", with: "\"\(layerClass)\"").write(
      toFile: changed, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: changed) }
    let said = sentence {
      _ = try KerasFile(Fixture.path("graphs/nested-k3.weights.h5"), architecture: changed)
    }
    #expect(
      said == "'\(changed)': layer 'pair/norm' has the class '\(layerClass)', which is not known; \(help)")
  }

  @Test func theFileKeepsTheNamesOfInputsAndOutputs() throws {
    let model = try Model(keras: Fixture.path("graphs/ends-k3.keras"))
    #expect(model.inputs.map { model.nodes[$0].name } == ["signal", "facts"])
    #expect(model.outputNames == ["kind", "alarm"])
    let alarm = try model.answering(with: "alarm")
    #expect(alarm.head.isBinary && alarm.outputNames == ["alarm"])
    #expect(
      sentence { _ = try model.answering(with: "fire") }
        == "the model has no output 'fire'; its outputs are kind, alarm")
  }

  @Test func halfPrecisionIsNoted() throws {
    for file in ["starts-k2.h5", "starts-k3.keras"] {
      let notes = try KerasFile(Fixture.path("graphs/\(file)")).notes
      #expect(
        notes.contains("the file asks for mixed_float16; everything is computed in float32"), "\(notes)")
    }
    #expect(try KerasFile(Fixture.path("graphs/merges-k3.h5")).notes.isEmpty)
  }

  @Test func weightsThatAreNotThereAreNamed() throws {
    let file = Fixture.path("graphs/merges-k2-dependencies.weights.h5")
    let said = sentence {
      _ = try KerasFile(file, architecture: Fixture.path("graphs/nested-k3.json"))
    }
    #expect(said.hasPrefix("'\(file)'"), "\(said)")
    let alone = sentence { _ = try KerasFile(file) }
    #expect(alone.hasSuffix("or save the whole model with model.save"))
  }
}
