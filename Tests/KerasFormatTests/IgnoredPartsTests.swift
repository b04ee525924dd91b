import Foundation
import KerasFormat
import Testing

@Suite struct IgnoredPartsTests {
  /// The sound model of the tests of errors, with other options of its convolution.
  private func notes(_ options: String) throws -> [String] {
    let architecture = """
      {"class_name": "Sequential", "keras_version": "2.4.0", "config": {"name": "s", "layers": [
      {"class_name": "Conv1D", "config": {"name": "conv1d", "batch_input_shape": [null, 8, 2], "filters": 3,
      "kernel_size": [3]\(options)}}]}}
      """
    let path = NSTemporaryDirectory() + "notes-\(UUID().uuidString).json"
    try architecture.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try KerasFile(Fixture.hostile("sound.h5"), architecture: path).notes
  }

  @Test func ownPartsAndThoseOfKeras() throws {
    #expect(
      try notes(
        """
        , "kernel_regularizer": {"class_name": "Sparse>Group", "config": {}}, "bias_constraint": "mine",
        "kernel_initializer": {"class_name": "GlorotUniform", "config": {}}, "bias_initializer": "zeros"
        """) == [
          "layer 'conv1d': the bias constraint 'mine' is used only in training and was left out",
          "layer 'conv1d': the kernel regularizer 'Sparse>Group' is used only in training and was left out",
        ])
  }

  @Test(
    arguments: [
      ("\"float32\"", []), ("\"float64\"", ["float64"]),
      ("{\"class_name\": \"Policy\", \"config\": {\"name\": \"mixed_float16\"}}", ["mixed_float16"]),
      ("{\"class_name\": \"DTypePolicy\", \"config\": {\"name\": \"float32\"}}", []),
    ])
  func precision(policy: String, named: [String]) throws {
    #expect(
      try notes(", \"dtype\": \(policy)")
        == named.map { "the file asks for \($0); everything is computed in float32" })
  }
}
