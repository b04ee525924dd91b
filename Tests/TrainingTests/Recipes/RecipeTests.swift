import Foundation
import KerasFormat
import Networks
import TensorCore
import Testing
import Training

@Suite struct RecipeTests {
  @Test(arguments: BuiltInRecipe.names)
  func recipesOfTheProgramAreRead(_ name: String) throws {
    let recipe = try Recipe(builtIn: name)
    #expect(BuiltInRecipe.summary(named: name)?.isEmpty == false)
    // Written with every setting, it reads back as the same recipe, with the same text.
    let again = try Recipe(yaml: recipe.yaml, source: "recipe.yaml")
    #expect(again.yaml == recipe.yaml)
    #expect(again == recipe && again.settings == recipe.settings)
    #expect(recipe.differences(from: again).isEmpty)
  }

  /// The settings by which the network of data/models/mnist1d-cnn.h5 was trained.
  @Test func mnist1dIsTrainedAsInKeras() throws {
    let settings = try Recipe(builtIn: "mnist1d-cnn").settings
    #expect(settings.epochs == 200 && settings.batchSize == 100)
    #expect(settings.optimizer == .adamW(weightDecay: 2e-2))
    #expect(settings.learningRate == 4e-3)
    #expect(settings.schedule == .cosine(warmUp: 10, over: 200))
    #expect(settings.loss == .categoricalCrossEntropy(labelSmoothing: 0.05))
    #expect(settings.averaging == 0.998)
  }

  @Test(
    arguments: [
      (
        "mnist1d-cnn", [1, 40, 1],
        ["input", "conv1d", "conv1d_1", "conv1d_2", "flatten", "dropout", "dense"], 13_960
      ),
      (
        "vgg7", [1, 224, 224, 3],
        [
          "input", "conv2d", "conv2d_1", "max_pooling2d", "conv2d_2", "conv2d_3", "max_pooling2d_1",
          "global_average_pooling2d", "dense",
        ], 66_088
      ),
      (
        "beats-cnn", [1, 220, 1],
        [
          "input", "conv1d", "max_pooling1d", "conv1d_1", "max_pooling1d_1", "conv1d_2",
          "global_average_pooling1d", "dense",
        ], 7_053
      ),
    ] as [(String, [Int], [String], Int)])
  func modelsHaveTheirLayers(_ name: String, _ input: [Int], _ layers: [String], _ parameters: Int) throws {
    let model = try Recipe(builtIn: name).makeModel()
    #expect(model.inputShape.extents == input)
    #expect(model.layerNames == layers)
    #expect(model.parameterCount == parameters)
    #expect(model.head.normalizer == .softmax)
  }

  /// Every setting other than its default comes back.
  @Test func everythingIsWrittenAndReadBack() throws {
    let more = """
      name: "40"
      seed: 7
      batch: 8
      drop-last: true
      loss: binary-cross-entropy
      label-smoothing: 0.1
      class-weights: [1, 2.5]
      l2: 0.0001
      optimizer: {sgd: {momentum: 0.9, nesterov: true}}
      schedule: {plateau: {factor: 0.5, patience: 3, cooldown: 1, minimum-delta: 0.01, minimum-rate: 1e-5}}
      clip-norm: 5
      early-stopping: {patience: 4, minimum-delta: 0.001, restore-best: false}
      output: {best: b.h5, last: l.h5}
      augmentation:
        - affine: {flip: [0.5, 0], quarter-turns: false, rotation: 10, shear: 5, shift: 0.1, zoom: [0.9, 1.1], fill: constant, value: -1}
        - brightness: {range: [0.8, 1.2], limits: [-1, 1]}
        - warp: {strength: 0.05, waves: 2}
      """
    let layers = """
          - convolution: {filters: 4, kernel: [3, 5], stride: [1, 2], dilation: 1, padding: same, groups: 2, bias: false, activation: gelu, name: a b}
          - depthwise: {kernel: 3, multiplier: 2}
          - separable: {filters: 4, kernel: 3, padding: same}
          - transposed: {filters: 2, kernel: 3, stride: 2, padding: same}
          - batch-normalization: {momentum: 0.9, epsilon: 0.01}
          - activation: relu
          - dropout: {rate: 0.1, channels: true}
          - noise: 0.1
          - pooling: {kind: average, size: [2, 1], stride: 1, padding: same}
          - global-pooling: max
          - dense: 1
      """
    let data = """
        train: {file: x.h5, key: x, labels: y}
        test: /tiles.npz
        validation: {count: 30, stratified: true}
        preprocess: torch
      """
    let text =
      "model:\n  input: [16, 16, 2]\n  initializer: he-normal\n  layers:\n\(layers)\ndata:\n\(data)\n\(more)\n"
    let recipe = try Recipe(yaml: text, source: "run.yaml", folder: "/data/sets")
    #expect(recipe.yaml.contains("/data/sets/x.h5"))
    let again = try Recipe(yaml: recipe.yaml, source: "recipe.yaml", folder: "/elsewhere")
    #expect(again.yaml == recipe.yaml && again.settings == recipe.settings)
    #expect(again.name == "40")
    let settings = recipe.settings
    #expect(settings.optimizer == .sgd(momentum: 0.9, nesterov: true))
    #expect(settings.earlyStopping == EarlyStopping(patience: 4, minimumDelta: 0.001, restoresBest: false))
    #expect(
      settings.schedule
        == .plateau(
          PlateauRule(factor: 0.5, patience: 3, cooldown: 1, minimumDelta: 0.01, minimumRate: 1e-5)))
    let model = try recipe.makeModel()
    #expect(model.outputShape == [1, 1])
    #expect(model.layerNames[1] == "a b")
  }

  @Test func changesTakeThePlaceOfValues() throws {
    func changed(_ changes: String...) throws -> Recipe {
      try Recipe(
        yaml: RecipeText.whole(more: "optimizer: adamw"), source: "run.yaml",
        changes: try changes.map { try RecipeChange(parsing: $0) })
    }
    #expect(try changed("epochs=3").settings.epochs == 3)
    #expect(try changed("optimizer.adamw.weight-decay=0.5").settings.optimizer == .adamW(weightDecay: 0.5))
    #expect(try changed("optimizer=sgd").settings.optimizer == .sgd())
    #expect(try changed("early-stopping.patience=2").settings.earlyStopping == EarlyStopping(patience: 2))
    #expect(try changed("model.layers.1.dense.units=3").makeModel().outputShape == [1, 3])
    // Paths of options are taken from the current folder, those of the recipe from its own.
    let current = FileManager.default.currentDirectoryPath
    #expect(try changed("data.train=rows.csv").yaml.contains("file: \(current)/rows.csv\n"))
    #expect(try changed("epochs=3").differences(from: changed("epochs=4", "ema=0.5")) == ["epochs", "ema"])
    #expect(
      throws: RecipeError.value(
        key: "epochs", expected: "a whole number from 1 to 1000000", found: "'x'",
        at: RecipePlace(source: "--set epochs"))
    ) { try changed("epochs=x") }
    #expect(
      throws: RecipeError.value(
        key: "--set", expected: "key=value, such as epochs=20", found: "'epochs'",
        at: RecipePlace(source: "--set epochs"))
    ) { try changed("epochs") }
    #expect(
      throws: RecipeError.value(
        key: "model.layers", expected: "followed by the number of an element, 0 to 1", found: "'x'",
        at: RecipePlace(source: "--set model.layers.x"))
    ) { try changed("model.layers.x=3") }
  }

  @Test func layersThatDoNotFitAreRefusedWithTheirLine() throws {
    let recipe = try Recipe(
      yaml: RecipeText.whole(layers: "    - pooling: {size: 64}\n    - dense: 3"), source: "run.yaml")
    let error = #expect(throws: RecipeError.self) { try recipe.makeModel() }
    #expect(
      error?.description.hasPrefix("'run.yaml', line 4: layer 'pooling' cannot take 40x1 as its input: ")
        == true)
  }

  /// An architecture of Keras 3 alone, and one that has weights that cannot be trained.
  @Test func architecturesGetFreshWeights() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    func write(_ layer: String) throws {
      let input =
        #"{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 6, 2], "dtype": "float32", "name": "input"}}"#
      let text =
        #"{"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": [\#(input), \#(layer)]}}"#
      try Data(text.utf8).write(to: file)
    }
    let recipe = try Recipe(
      yaml:
        "model: {file: '\(file.path)', initializer: he-normal}\nseed: 4\ndata: {train: {generate: beats}}",
      source: "run.yaml")
    try write(
      #"{"module": "keras.layers", "class_name": "Conv1D", "config": {"name": "c", "filters": 3, "kernel_size": [3], "padding": "same", "activation": "relu"}}"#
    )
    let model = try recipe.makeModel()
    #expect(model.layerNames == ["input", "c"] && model.outputShape == [1, 6, 3])
    let layer = try #require(model.nodes[1].layer as? any TrainableLayer)
    #expect(layer.parameters.map(\.name) == ["kernel", "bias"])
    #expect(layer.parameters[0].values.values.allSatisfy { $0 != 0 })
    #expect(layer.parameters[1].values == Tensor([3]))
    try write(#"{"module": "keras.layers", "class_name": "LSTM", "config": {"name": "l", "units": 3}}"#)
    let error = #expect(throws: RecipeError.self) { try recipe.makeModel() }
    #expect(error?.description.contains("layer 'l' (LSTM) cannot be trained: ") == true)
  }
}
