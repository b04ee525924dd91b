import Foundation
import KerasFormat
import Networks
import TestSupport
import Testing

/// Models whose files leave the extents of their input open.
@Suite struct OpenInputTests {
  /// An input of a shape, and the mean over all positions.
  private func open(
    _ shape: String, _ inputShapes: [String: [Int]] = [:], format: String = "channels_last"
  ) throws -> Model {
    let architecture = """
      {"class_name": "Functional", "keras_version": "2.4.0", "config": {"name": "open", "layers": [
      {"class_name": "InputLayer", "name": "in", "config": {"name": "in"\(shape.isEmpty ? "" : ", \"batch_input_shape\": \(shape)")},
       "inbound_nodes": []},
      {"class_name": "GlobalAveragePooling2D", "name": "mean", "config": {"name": "mean", "data_format": "\(format)"},
       "inbound_nodes": [[["in", 0, 0, {}]]]}],
      "input_layers": [["in", 0, 0]], "output_layers": [["mean", 0, 0]]}}
      """
    let path = NSTemporaryDirectory() + "open-\(UUID().uuidString).json"
    try architecture.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try KerasFile(Fixture.hostile("sound.h5"), architecture: path, inputShapes: inputShapes).model
  }

  @Test func extentsAreFilledIn() throws {
    let shape = "[null, null, null, 3]"
    #expect(try open(shape, ["in": [5, 7, 3]]).inputShape == [1, 5, 7, 3])
    #expect(try open(shape, ["in": [5, 7]]).inputShape == [1, 5, 7, 3])
    #expect(try open("[null, 5, null, 3]", ["in": [5, 9]]).inputShape == [1, 5, 9, 3])
    #expect(try open("", ["in": [5, 7, 3]]).inputShape == [1, 5, 7, 3])
  }

  @Test func channelsThatComeFirstInTheFileAreGivenLast() throws {
    let model = try open("[null, 3, null, null]", ["in": [5, 7, 3]], format: "channels_first")
    #expect(model.inputShape == [1, 5, 7, 3] && model.outputShape == [1, 3])
    #expect(model.takesChannelsFirstArrays())
    #expect(
      try open("[null, 3, null, null]", ["in": [5, 7]], format: "channels_first").inputShape == [1, 5, 7, 3])
  }

  @Test(
    arguments: [
      (
        "[null, null, null, 3]", [:],
        "leaves open which shape its input 'in' has (found ?x?x3); give it with --input-shape, such as --input-shape 224x224x3"
      ),
      (
        "", [:],
        "leaves open which shape its input 'in' has (found nothing); give it with --input-shape, such as --input-shape 224x224x3"
      ),
      (
        "[null, null, null, null]", ["in": [5, 7]],
        "the input 'in' has the shape ?x?x?, which 5x7 does not fit; give extents only where there is a question mark, and the channels last"
      ),
      (
        "[null, null, null, 3]", ["in": [5, 7, 1]],
        "the input 'in' has the shape ?x?x3, which 5x7x1 does not fit; give extents only where there is a question mark, and the channels last"
      ),
      (
        "[null, -2, null, 3]", [:],
        "does not say which shape its input has (found -2x?x3); save the model with a fixed input shape"
      ),
    ] as [(String, [String: [Int]], String)])
  func whatStaysOpenIsSaid(shape: String, given: [String: [Int]], said: String) {
    let found = sentence { _ = try open(shape, given) }
    #expect(found.hasSuffix(said), "\(found)")
  }
}
