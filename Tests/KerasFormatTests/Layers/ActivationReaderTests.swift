import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct ActivationReaderTests {
  private func layers(_ activation: String, version: String = "3.0.0") throws -> [any Layer] {
    let configuration = LayerConfiguration(
      file: "model.h5", name: "dense", layerClass: "Dense",
      values: try JSONValue(parsing: "{\"activation\": \(activation)}"),
      kerasVersion: KerasVersion(parsing: version))
    return try configuration.activationLayers(rank: 2)
  }

  private func activation(_ text: String, version: String = "3.0.0") throws -> Activation? {
    try layers(text, version: version).first.flatMap { ($0 as? ActivationLayer)?.activation }
  }

  @Test(arguments: ["null", "\"linear\"", "{\"class_name\": \"function\", \"config\": \"linear\"}"])
  func linearIsNoOperation(text: String) throws {
    #expect(try layers(text).isEmpty)
  }

  @Test(
    arguments: [
      ("relu", .relu()), ("relu6", .relu(maximum: 6)), ("leaky_relu", .relu(slope: 0.2)),
      ("elu", .elu(alpha: 1)),
      ("selu", .selu), ("sigmoid", .sigmoid), ("tanh", .tanh), ("softplus", .softplus),
      ("softsign", .softsign),
      ("exponential", .exponential), ("swish", .silu), ("silu", .silu), ("hard_silu", .hardSilu),
      ("hard_swish", .hardSilu), ("gelu", .gelu(approximate: false)), ("mish", .mish),
      ("hard_sigmoid", .hardSigmoid(slope: 1 / 6)), ("celu", .celu(alpha: 1)), ("hard_tanh", .hardTanh),
      ("hard_shrink", .hardShrink(threshold: 0.5)), ("soft_shrink", .softShrink(threshold: 0.5)),
      ("tanh_shrink", .tanhShrink), ("sparse_plus", .sparsePlus), ("sparse_sigmoid", .sparseSigmoid),
      ("squareplus", .squareplus(b: 4)), ("log_sigmoid", .logSigmoid),
    ] as [(String, Activation)])
  func names(name: String, expected: Activation) throws {
    #expect(try activation("\"\(name)\"") == expected)
    #expect(try activation("{\"class_name\": \"function\", \"config\": \"\(name)\"}") == expected)
  }

  @Test func hardSigmoidDependsOnTheVersion() throws {
    #expect(try activation("\"hard_sigmoid\"", version: "2.12.0") == .hardSigmoid(slope: 0.2))
  }

  /// `Dense(4, activation=LeakyReLU(0.1))` stores the layer with its options, which must not be lost.
  @Test(
    arguments: [
      ("ReLU", "{\"max_value\": 6.0, \"negative_slope\": 0.0, \"threshold\": 0.0}", .relu(maximum: 6)),
      (
        "ReLU", "{\"max_value\": null, \"negative_slope\": 0.25, \"threshold\": 1.0}",
        .relu(slope: 0.25, threshold: 1)
      ),
      ("LeakyReLU", "{\"name\": \"leaky_re_lu\", \"alpha\": 0.1}", .relu(slope: 0.1)),
      ("LeakyReLU", "{\"negative_slope\": 0.125}", .relu(slope: 0.125)),
      ("ELU", "{\"alpha\": 2}", .elu(alpha: 2)),
      ("ReLU", "null", .relu()),
    ] as [(String, String, Activation)])
  func layersAsActivations(layerClass: String, options: String, expected: Activation) throws {
    #expect(try activation("{\"class_name\": \"\(layerClass)\", \"config\": \(options)}") == expected)
  }

  @Test(arguments: ["\"softmax\"", "{\"class_name\": \"Softmax\", \"config\": {\"axis\": -1}}"])
  func softmax(text: String) throws {
    let layers = try layers(text)
    #expect(layers.count == 1 && layers[0] is SoftmaxLayer)
  }

  @Test func functionsOfSeveralChannels() throws {
    #expect(try layers("\"glu\"").first is GatedLinearUnitLayer)
    #expect(try layers("\"sparsemax\"").first is SparsemaxLayer)
  }

  @Test func logSoftmax() throws {
    let layers = try layers("\"log_softmax\"")
    #expect(layers.count == 1 && layers[0] is LogSoftmaxLayer)
  }

  @Test(arguments: [
    (
      "{\"class_name\": \"Softmax\", \"config\": {\"axis\": 0}}",
      "'model.h5': layer 'dense' (Softmax) has the axis 0, which is not supported; only the last axis can be normalised"
    ),
    (
      "{\"class_name\": \"PReLU\", \"config\": {}}",
      "'model.h5': layer 'dense' (Dense) has the activation 'PReLU', which is not supported; "
        + "make it a layer of its own or use a function"
    ),
    (
      "{\"class_name\": \"ReLU\", \"config\": {\"max_value\": \"six\"}}",
      "'model.h5': layer 'dense' (ReLU) should have a number as 'max_value', but has the text 'six'"
    ),
    (
      "7",
      "'model.h5': layer 'dense' (Dense) should have the name of an activation as 'activation', but has 7"
    ),
    (
      "\"my_relu\"",
      "'model.h5': layer 'dense' (Dense) has the activation 'my_relu', which is not supported; the known ones are linear, "
        + "relu, relu6, leaky_relu, elu, selu, sigmoid, hard_sigmoid, tanh, softmax, softplus, softsign, exponential, "
        + "swish, silu, hard_swish, hard_silu, gelu, mish, log_softmax, celu, glu, hard_tanh, hard_shrink, soft_shrink, tanh_shrink, "
        + "sparse_plus, sparse_sigmoid, sparsemax, squareplus, log_sigmoid"
    ),
  ])
  func refuses(text: String, said: String) {
    #expect(sentence { _ = try layers(text) } == said)
  }
}
