import Foundation
import HDF5Files
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Files as Keras 1 laid them out, and layouts that only Keras 2 converts, against what Keras 2 answers with their weights.
@Suite struct KerasOneTests {
  struct Line: Decodable, CustomTestStringConvertible, Sendable {
    var file: String
    var answers: String

    var testDescription: String { file }
  }

  static let lines: [Line] = {
    let data = FileManager.default.contents(atPath: Fixture.path("older/index.json")) ?? Data()
    return (try? JSONDecoder().decode([Line].self, from: data)) ?? []
  }()

  @Test func theIndexIsThere() {
    #expect(Self.lines.count >= 8)
  }

  @Test(arguments: lines)
  func outputsAndGradients(of line: Line) throws {
    let model = try Model(keras: Fixture.path("older/\(line.file)"))
    let answers = try StoredAnswers(Fixture.path("older/\(line.answers)"))
    let inputs = try model.inputs.indices.map { try answers.tensor("input/\($0)") }
    #expect(try answers.names(in: "input").count == inputs.count)
    #expect(model.inputs.map { model.nodes[$0].shape } == inputs.map { $0.shape.with(batch: 1) })
    let trace = try model.trace(inputs)
    let expected = try answers.tensor("output/0")
    #expect(trace[model.outputs[0]].shape == expected.shape)
    #expect(trace[model.outputs[0]].distance(to: expected) < 1e-5)
    let gradients = try trace.pullback(
      answers.tensor("cotangent"), from: model.outputs[0], to: model.inputs)
    for (index, gradient) in gradients.enumerated() {
      let expected = try answers.tensor("gradient/\(index)")
      // A saturated softmax keeps few digits in Keras, which differentiates it in 32 bits: 1e-6 is a few roundings of one.
      let bound = 2e-5 * max(expected.maximum, -expected.minimum) + 1e-6
      let errors = zip(gradient.values, expected.values).map { abs($0 - $1) }
      #expect(errors.allSatisfy { $0 <= bound }, "input \(index): \(errors.max() ?? 0)")
    }
  }

  @Test func theUnknownBackendIsNoted() throws {
    let note =
      "Keras 1 does not write down whether it ran on Theano, whose kernels are mirrored; they are taken as TensorFlow's"
    #expect(try KerasFile(Fixture.path("older/signal-keras-1.h5")).notes == [note])
    #expect(try KerasFile(Fixture.path("older/recurrent-keras-1.h5")).notes.isEmpty)
    #expect(try KerasFile(Fixture.path("older/theano-keras-2.h5")).notes.isEmpty)
  }

  @Test(arguments: [
    (
      "\"mode\": 0", "\"mode\": 2",
      "layer 'batchnormalization_1' (BatchNormalization) has the mode 2, which is not supported; "
        + "only mode 0, which normalises by stored statistics, is read by Keras since version 2"
    ),
    (
      "\"mode\": \"sum\"", "\"mode\": \"cos\"",
      "layer 'merge_1' (Merge) has the mode the text 'cos', which is not supported; "
        + "the known ones are ave, concat, dot, max, mul, sum"
    ),
    (
      "14, 8, 3]", "15, 8, 3]",
      "layer 'deconvolution2d_1' (Conv2DTranspose) should have what Keras finds since version 2, 14x8x3, as 'output_shape', "
        + "but has the list [nothing, 15, 8, 3]"
    ),
  ])
  func optionsThatWereGivenUp(option: String, other: String, said: String) throws {
    let file = Fixture.path(
      option.hasPrefix("\"mode\": 0") ? "older/signal-keras-1.h5" : "older/image-keras-1.h5")
    guard case .string(let text) = try HDF5File(reading: file).root.attribute("model_config") else {
      Issue.record("no configuration")
      return
    }
    #expect(text.contains(option))
    let changed = NSTemporaryDirectory() + "keras-1-\(UUID()).json"
    try text.replacingOccurrences(of: option, with: other).write(
      toFile: changed, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: changed) }
    #expect(sentence { _ = try KerasFile(file, architecture: changed) } == "'\(changed)': \(said)")
  }
}
