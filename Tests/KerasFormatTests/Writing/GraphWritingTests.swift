import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Graphs that are written as Keras files and read back.
@Suite struct GraphWritingTests {
  @Test(arguments: GraphAnswersTests.lines)
  func graphsAreReadBackWithEqualBits(of line: GraphAnswersTests.Line) throws {
    let model = try line.open().model
    guard sentence({ try model.write(keras: "/dev/null/x") }).contains("/dev/null") else { return }
    let inputs = model.inputs.enumerated().map {
      Tensor(model.nodes[$1].shape.with(batch: 2), seed: UInt32($0 + 1))
    }
    let again = try ModelWritingTests.written(model) { try Model(keras: $0) }
    let (before, after) = (try model.trace(inputs), try again.trace(inputs))
    #expect(model.outputs.count == again.outputs.count)
    for (one, other) in zip(model.outputs, again.outputs) {
      if line.file.hasPrefix("heads") {
        #expect(ModelWritingTests.difference(after[other], before[one]) <= 1e-6)
      } else {
        #expect(before[one].bits == after[other].bits)
      }
    }
    // A layer that is used twice is written once.
    #expect(again.parameterCount == model.parameterCount)
  }
}
