import Foundation
import HDF5Files
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Models that are written as Keras files and read back.
@Suite struct ModelWritingTests {
  /// Writes a model and hands over the path, which is gone afterwards.
  static func written<Result>(_ model: Model, _ body: (String) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.write(keras: path)
    return try body(path)
  }

  /// Those of other layers have sentences of their own below.
  static let writable = StoredAnswersTests.readable.filter { fixture in
    guard let model = try? Model(keras: fixture.path) else { return false }
    return sentence { try model.write(keras: "/dev/null/x") }.contains("/dev/null")
  }

  @Test func allModelsButThoseOfOneVersionCanBeWritten() {
    let refused = Set(StoredAnswersTests.readable.map(\.model)).subtracting(Self.writable.map(\.model))
    #expect(refused == Self.refused)
  }

  /// Models of layers and options that Keras 2 and 3 do not both have.
  static let refused: Set = [
    "activations-along-channels", "activations-of-keras-3", "adaptive-pooling", "attention-masked",
    "image-layers-of-keras-2", "image-resizing", "layer-normalization", "root-mean-square-normalization",
  ]

  /// Models of operations that are written as others, which round otherwise.
  static let rewritten: Set = [
    "activations-bent", "activations-hard-sigmoid", "activations-keras-3", "activations-modern",
    "attention-causal", "attention-grouped", "attention-heads", "feature-normalization", "sequence-gru",
    "sequence-lstm", "signal-convolutional-memory",
  ]

  @Test(arguments: writable)
  func theFileIsReadBackWithEqualBits(of fixture: Fixture) throws {
    let model = try Model(keras: fixture.path)
    let input = Self.input(of: model)
    let again = try Self.written(model) { try Model(keras: $0) }
    #expect(again.outputShape == model.outputShape)
    #expect(again.head.normalizer == model.head.normalizer)
    let (before, after) = (try model.predict(input), try again.predict(input))
    if Self.rewritten.contains(fixture.model) {
      #expect(Self.difference(after, before) <= 1e-6)
    } else {
      #expect(after.bits == before.bits)
      #expect(again.parameterCount == model.parameterCount)
    }
    for name in model.layerNames where !name.contains("/") { #expect(again.layerNames.contains(name)) }
  }

  /// Three items: indices for an embedding; with two steps of zeros at the end of the first, which a mask leaves out.
  static func input(of model: Model) -> Tensor {
    let shape = model.inputShape.with(batch: 3)
    let rows = model.nodes.compactMap { ($0.layer as? EmbeddingLayer)?.embedding.vectors.shape[0] }
    if let rows = rows.min(), shape.rank == 2 {
      return Tensor(
        shape,
        (0..<shape.count).map { $0 < shape[1] && $0 > shape[1] - 3 ? 0 : Float(1 + $0 * 7 % (rows - 1)) })
    }
    var input = Tensor(shape, seed: 5)
    guard shape.rank == 3, model.nodes.contains(where: { $0.layer is MaskingLayer }) else { return input }
    input.withMutableValues { values in
      for index in ((shape[1] - 2) * shape[2])..<(shape[1] * shape[2]) { values[index] = 0 }
    }
    return input
  }

  /// The largest difference as a share of the largest value.
  static func difference(_ one: Tensor, _ other: Tensor) -> Float {
    let largest = max(other.values.map(abs).max() ?? 0, .leastNormalMagnitude)
    return zip(one.values, other.values).map { abs($0 - $1) }.max().map { $0 / largest } ?? .infinity
  }

  /// Configurations that Keras 3.15 and tf_keras 2.21 have loaded with equal predictions (`Scripts/check-written-models.py`), and their models.
  static let accepted: [(configuration: String, model: String)] = {
    let files = FileManager.default.subpaths(atPath: Fixture.path("")) ?? []
    return files.filter { $0.hasPrefix("written/") && $0.hasSuffix(".json") }.sorted().compactMap {
      configuration in
      let name = configuration.dropFirst("written/".count).dropLast(".json".count)
      return files.first { $0 == "\(name).h5" || $0.hasSuffix("/\(name).h5") }.map { (configuration, $0) }
    }
  }()

  @Test func acceptedConfigurationsAreThere() {
    #expect(Self.accepted.count >= 28)
  }

  @Test(arguments: accepted)
  func theConfigurationIsOneThatBothVersionsHaveLoaded(configuration: String, of file: String) throws {
    let model = try Model(keras: Fixture.path(file))
    let accepted = try String(contentsOfFile: Fixture.path(configuration), encoding: .utf8)
    let root = try Self.written(model) { try HDF5File(reading: $0).root }
    #expect(try root.attribute("model_config") == .string(accepted))
  }

  @Test func weightsLieWhereKerasLooks() throws {
    let model = try TinyNetwork(rank: 2).model()
    let root = try Self.written(model) { try HDF5File(reading: $0).root }
    let weights = try root.group("model_weights")
    #expect(try root.attribute("backend") == .string("tensorflow"))
    #expect(try weights.attribute("keras_version") == root.attribute("keras_version"))
    let layers = try #require(weights.attribute("layer_names")?.texts)
    #expect(layers.first == "input" && layers.contains("conv"))
    #expect(try weights.group("input").attribute("weight_names") == .doubles([]))
    #expect(try weights.group("conv").attribute("weight_names")?.texts == ["conv/kernel:0", "conv/bias:0"])
    #expect(try weights.dataset("conv/conv/kernel:0").shape == [3, 3, 2, 4])
  }

  @Test func longListsOfNamesAreSplit() throws {
    var builder = ModelBuilder(name: "long")
    var last = try builder.add(InputLayer(shape: [1, 4]), name: "input")
    let name = String(repeating: "n", count: 1000)
    for index in 0..<70 {
      last = try builder.add(ActivationLayer(.tanh), name: "\(name)\(index)", after: [last])
    }
    try Self.written(builder.model()) { path in
      let weights = try HDF5File(reading: path).root.group("model_weights")
      #expect(try weights.attribute("layer_names") == nil)
      let parts = try (0..<2).map { try weights.attribute("layer_names\($0)")?.texts?.count }
      #expect(parts == [64, 7])
      #expect(try Model(keras: path).layerNames.count == 71)
    }
  }

  @Test func namesAreMadeFitForKeras() throws {
    var builder = ModelBuilder(name: "a/b")
    let input = try builder.add(InputLayer(shape: [1, 4]), name: "in/put")
    let first = try builder.add(ActivationLayer(.tanh), name: "x/y", after: [input])
    try builder.add(ActivationLayer(.sigmoid), name: "x_y", after: [first])
    let again = try Self.written(builder.model()) { try Model(keras: $0) }
    #expect(again.name == "a_b")
    #expect(again.layerNames == ["in_put", "x_y", "x_y_2"])
  }

  @Test func aDepthwiseConvolutionKeepsTheOrderOfItsWeights() throws {
    var builder = ModelBuilder(name: "depthwise")
    let input = try builder.add(InputLayer(shape: [1, 6, 5, 3]), name: "input")
    let kernel = Tensor([2, 2, 1, 6], seed: 3)
    let convolution = try Convolution(weights: kernel, window: Window(kernel: [2, 2]), groups: 3)
    try builder.add(ConvolutionLayer(convolution), name: "depthwise", after: [input])
    let root = try Self.written(builder.model()) { try HDF5File(reading: $0).root }
    let stored = try root.dataset("model_weights/depthwise/depthwise/depthwise_kernel:0")
    #expect(stored.shape == [2, 2, 3, 2])
    #expect(try stored.floats() == kernel.values)
    #expect(try root.attribute("model_config")?.text?.contains("\"depth_multiplier\": 2") == true)
  }

  /// Everything that training goes on from: parameters and moving statistics bit by bit, rates, and which arrays there are.
  @Test(arguments: [
    "signal", "signal-dilated", "image", "image-depthwise", "volume", "batch-normalization",
    "batch-normalization-image", "frozen", "slopes", "branches",
  ])
  func aTrainedModelIsReadBackWithEqualBits(of name: String) throws {
    let model = try Model(keras: Fixture.path("training/\(name).h5")).initialized(by: .heNormal, seed: 7)
    let again = try Self.written(model) { try Model(keras: $0) }
    let pairs = zip(model.trainableNodes, again.trainableNodes).map { (model.nodes[$0], again.nodes[$1]) }
    #expect(pairs.count == model.trainableNodes.count && pairs.count == again.trainableNodes.count)
    for (before, after) in pairs {
      let one = try #require(before.layer as? any TrainableLayer)
      let other = try #require(after.layer as? any TrainableLayer)
      #expect(one.parameters.map(\.name) == other.parameters.map(\.name))
      #expect(one.parameters.map(\.values.bits) == other.parameters.map(\.values.bits))
      let statistics = [one, other].map { ($0 as? NormalizationLayer)?.batchNormalization }
      #expect(statistics[0] == statistics[1])
    }
  }

  @Test func dropoutAndNoiseKeepTheirRates() throws {
    var builder = ModelBuilder(name: "rates")
    var last = try builder.add(InputLayer(shape: [1, 6, 5, 3]), name: "input")
    let layers: [any Layer] = [
      DropoutLayer(rate: 0.25), DropoutLayer(rate: 0.375, of: .channel), GaussianNoiseLayer(deviation: 0.125),
      FlattenLayer(), DropoutLayer(rate: 0.5, of: .element),
    ]
    for layer in layers { last = try builder.add(layer, name: "layer-\(last)", after: [last]) }
    let (again, configuration) = try Self.written(builder.model()) {
      (try Model(keras: $0), try HDF5File(reading: $0).root.attribute("model_config")?.text)
    }
    // Keras 3 refuses a layer that drops channels when it is told whether it is trained.
    #expect(configuration?.contains("\"name\": \"layer-1\", \"rate\": 0.375}") == true)
    let dropouts = again.nodes.compactMap { $0.layer as? DropoutLayer }
    #expect(dropouts.map(\.rate) == [0.25, 0.375, 0.5])
    #expect(dropouts.map(\.unit) == [.element, .channel, .element])
    #expect(again.nodes.compactMap { ($0.layer as? GaussianNoiseLayer)?.deviation } == [0.125])
    #expect(again.nodes.map(\.layerClass)[1...3] == ["Dropout", "SpatialDropout2D", "GaussianNoise"])
  }

  @Test(arguments: [
    (ActivationLayer(.squareplus(b: 4)) as any Layer, "Keras 2 and 3 do not both have its function"),
    (ActivationLayer(.thresholded(at: -1)), "do not both have its function"),
    (
      PoolingLayer(Pooling(.maximum, over: Window(kernel: [2], dilation: [2]))),
      "neither causal padding nor dilation"
    ),
    (GlobalPoolingLayer(.average, keepsAxes: true), "no error"),
    (SparsemaxLayer(), "Keras 2 and 3 do not both have its operation"),
    (
      StatisticalNormalizationLayer(RowNormalization(.rootMeanSquare, epsilon: 1e-6), over: .axes([2])),
      "the root of the mean square"
    ),
    (
      ConstantArithmeticLayer(.divide, constant: Tensor([1, 1, 1], [2]), isFirst: true),
      "no layer that divides by its input"
    ),
    (
      ResamplingLayer([ResamplingFilter.area.matrix(from: 8, to: 3)]), "do not both resize with its filter"
    ),
    (MergeLayer(.add), "merges a single input"),
    (ConcatenationLayer(axis: 1), "does not concatenate a single input"),
  ])
  func aLayerThatCannotBeWritten(layer: any Layer, reason: String) throws {
    var builder = ModelBuilder(name: "one")
    let input = try builder.add(InputLayer(shape: [1, 8, 2]), name: "input")
    try builder.add(layer, name: "odd", layerClass: "Odd", after: [input])
    let model = try builder.model()
    let said = sentence { try Self.written(model) { _ in } }
    #expect(reason == "no error" || sentence { try model.requireWritable() } == said)
    #expect(said.contains(reason), "\(said)")
    if reason != "no error" {
      #expect(said.hasPrefix("layer 'odd' (Odd) cannot be written as Keras file: "))
      #expect(said.hasSuffix("; replace the layer, or keep the file that the model comes from"))
    }
  }

  @Test func aFileThatIsThereStaysWhenALayerCannotBeWritten() throws {
    var builder = ModelBuilder(name: "one")
    let input = try builder.add(InputLayer(shape: [1, 8, 2]), name: "input")
    try builder.add(SparsemaxLayer(), name: "odd", after: [input])
    let model = try builder.model()
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try "before".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: KerasWritingError.self) { try model.write(keras: path) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
  }
}
