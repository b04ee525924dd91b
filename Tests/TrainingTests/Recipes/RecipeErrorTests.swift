import Testing
import Training

/// What is wrong with the text of a recipe is said in one sentence with its line.
@Suite struct RecipeErrorTests {
  typealias Case = (text: String, sentence: String)

  static let topLevel: [Case] = [
    (
      "epochs: [1",
      "'run.yaml', line 2: the recipe is no YAML that can be read, because did not find expected ',' or ']'; correct it"
    ),
    (
      "- a",
      "'run.yaml', line 1: 'the recipe' should be a mapping with \(keys), but it is a list of 1; correct it"
    ),
    ("", "'run.yaml': 'the recipe' should be a mapping with \(keys), but it is nothing; correct it"),
    (
      "epochs: 3\nepochs: 4",
      "'run.yaml', line 1: the recipe is no YAML that can be read, because it has 'epochs' more than once; correct it"
    ),
    (
      "epochs: 3", "'run.yaml', line 1: the key 'model' is missing; add it with input and layers, or a file"
    ),
    (
      "model: {input: [40, 1], layers: [flatten]}",
      "'run.yaml', line 1: the key 'data' is missing; add it with where the items come from"
    ),
    (
      RecipeText.whole(more: "epoch: 3"),
      "'run.yaml', line 8: the key 'epoch' is not known; expected \(keys); correct it or leave it out"
    ),
  ]

  static let keys =
    "name, seed, model, data, augmentation, epochs, batch, drop-last, loss, label-smoothing, class-weights, l2, optimizer, "
    + "learning-rate, schedule, clip-norm, ema, early-stopping, output"

  @Test(arguments: topLevel)
  func textsAreRefused(_ text: String, _ sentence: String) { #expect(RecipeText.refusal(text) == sentence) }

  static let settings: [Case] = [
    ("epochs: many", "'epochs' should be a whole number from 1 to 1000000, but it is 'many'"),
    ("epochs: '3'", "'epochs' should be a whole number from 1 to 1000000, but it is '3'"),
    ("epochs: 2.5", "'epochs' should be a whole number from 1 to 1000000, but it is '2.5'"),
    ("batch: 0", "'batch' should be a whole number from 1 to 1000000, but it is '0'"),
    ("seed: -1", "'seed' should be a whole number from 0 to 4294967295, but it is '-1'"),
    ("name: [a]", "'name' should be a name for the model, but it is a list of 1"),
    ("drop-last: yes", "'drop-last' should be true or false, but it is 'yes'"),
    (
      "loss: hinge",
      "'loss' should be one of categorical-cross-entropy, binary-cross-entropy, mean-squared-error, but it is 'hinge'"
    ),
    ("label-smoothing: 1", "'label-smoothing' should be a number from 0 to 0.999, but it is '1'"),
    ("l2: .nan", "'l2' should be a number from 0 to 1000000, but it is '.nan'"),
    ("learning-rate: 0", "'learning-rate' should be a number above 0 and up to 1000, but it is '0'"),
    ("clip-norm: -1", "'clip-norm' should be a number above 0 and up to 1000000000, but it is '-1'"),
    ("ema: 1", "'ema' should be a number from 0 to 0.999999, but it is '1'"),
    ("optimizer: lion", "'optimizer' should be an optimizer: one of sgd, adam, adamw, but it is 'lion'"),
    (
      "optimizer: {sgd: {momentum: 1}}",
      "'optimizer.sgd.momentum' should be a number from 0 to 0.999999999, but it is '1'"
    ),
    (
      "optimizer: [adam]",
      "'optimizer' should be an optimizer: one of sgd, adam, adamw, but it is a list of 1"
    ),
    (
      "schedule: linear",
      "'schedule' should be a schedule: one of constant, steps, exponential, cosine, plateau, but it is 'linear'"
    ),
    (
      "schedule: {cosine: {final: 2}}",
      "'schedule.cosine.final' should be a number from 0 to 1, but it is '2'"
    ),
    (
      "schedule: {plateau: {factor: 1}}",
      "'schedule.plateau.factor' should be a number from 0.001 to 0.999, but it is '1'"
    ),
    ("early-stopping: soon", "'early-stopping' should be a whole number from 1 to 1000000, but it is 'soon'"),
    ("class-weights: fair", "'class-weights' should be one of equal, balanced, but it is 'fair'"),
    ("class-weights: [1, -1]", "'class-weights[1]' should be a number from 0 to 1000000, but it is '-1'"),
    (
      "output: {best: a/b.h5}",
      "'output.best' should be the name of a file that ends in .h5, without a folder, and is not checkpoint.h5, but it is 'a/b.h5'"
    ),
    (
      "output: {best: last.h5}",
      "'output' should be two files of different names, but it is a mapping with 'best'"
    ),
    (
      "augmentation: noise",
      "'augmentation' should be a list of operations, each one of affine, brightness, cyclic-shift, scale, tilt, noise, warp, but it is 'noise'"
    ),
    (
      "augmentation: [blur]",
      "'augmentation[0]' should be an operation: one of affine, brightness, cyclic-shift, scale, tilt, noise, warp, but it is 'blur'"
    ),
    (
      "augmentation: [scale: [2, 1]]",
      "'augmentation[0].scale' should be two numbers from -1000000000 to 1000000000, the smaller one first, but it is a list of 2"
    ),
  ]

  @Test(arguments: settings)
  func settingsAreRefused(_ text: String, _ sentence: String) {
    #expect(RecipeText.refusal(RecipeText.whole(more: text)) == "'run.yaml', line 8: \(sentence); correct it")
  }

  @Test func settingsOfOperationsAreRefused() {
    #expect(
      RecipeText.refusal(RecipeText.whole(more: "augmentation:\n  - tilt: -1"))
        == "'run.yaml', line 9: the setting 'slope' of the augmentation 'tilt' should be from 0 to 1000000, but it is -1; correct it"
    )
    #expect(
      RecipeText.refusal(RecipeText.whole(more: "augmentation:\n  - affine: {spin: 3}"))
        == "'run.yaml', line 9: the key 'spin' is not known in 'augmentation[0].affine'; expected flip, quarter-turns, rotation, shear, shift, zoom, fill, value; correct it or leave it out"
    )
    #expect(
      RecipeText.refusal(RecipeText.whole(more: "augmentation:\n  - noise: {}"))
        == "'run.yaml', line 9: the key 'deviation' is missing in 'augmentation[0].noise'; add it with a number"
    )
    #expect(
      RecipeText.refusal(RecipeText.whole(more: "loss: mean-squared-error\nlabel-smoothing: 0.1"))
        == "'run.yaml', line 9: 'label-smoothing' should be 0 with the loss 'mean-squared-error', but it is '0.1'; correct it"
    )
  }

  static let layers: [Case] = [
    (
      "    - conv: {}",
      "line 4: 'model.layers[0]' should be a layer: one of convolution, depthwise, separable, transposed, dense, pooling, global-pooling, "
        + "batch-normalization, dropout, noise, activation, flatten, but it is 'conv'; correct it"
    ),
    (
      "    - convolution: {kernel: 3}",
      "line 4: the key 'filters' is missing in 'model.layers[0].convolution'; add it with the number of filters"
    ),
    (
      "    - flatten\n    - dense: {units: ten}",
      "line 5: 'model.layers[1].dense.units' should be a whole number from 1 to 65536, but it is 'ten'; correct it"
    ),
    (
      "    - convolution: {filters: 2, kernel: 3, padding: full}",
      "line 4: 'model.layers[0].convolution.padding' should be one of valid, same, causal, but it is 'full'; correct it"
    ),
    (
      "    - dropout: 1",
      "line 4: 'model.layers[0].dropout' should be a number from 0 to 0.999, but it is '1'; correct it"
    ),
    (
      "    - pooling: {kind: min}",
      "line 4: 'model.layers[0].pooling.kind' should be one of max, average, but it is 'min'; correct it"
    ),
    (
      "    - dense: {units: 3, activation: maxout}",
      "line 4: 'model.layers[0].dense.activation' should be one of linear, relu, elu, selu, sigmoid, tanh, softplus, silu, gelu, softmax, "
        + "but it is 'maxout'; correct it"
    ),
  ]

  @Test(arguments: layers)
  func layersAreRefused(_ layers: String, _ sentence: String) {
    #expect(RecipeText.refusal(RecipeText.whole(layers: layers)) == "'run.yaml', \(sentence)")
  }

  static let sources: [Case] = [
    (
      "  train: {generate: cifar}",
      "line 7: 'data.train.generate' should be one of mnist1d, beats, tissue, but it is 'cifar'; correct it"
    ),
    (
      "  train: {file: a.h5, folder: b}",
      "line 7: expected exactly one of file, folder, generate in 'data.train', found 2; keep one of them"
    ),
    (
      "  train: {folder: b, key: x}",
      "line 7: the key 'key' is not known in 'data.train'; expected folder; correct it or leave it out"
    ),
    (
      "  train: {generate: tissue, part: test}",
      "line 7: the key 'part' is not known in 'data.train'; expected generate, count, seed, size; correct it or leave it out"
    ),
    ("  test: a.h5", "line 7: the key 'train' is missing in 'data'; add it with where the items come from"),
    (
      "  train: a.h5\n  validation: 1",
      "line 8: 'data.validation' should be a number from 0.0001 to 0.9999, but it is '1'; correct it"
    ),
    (
      "  train: a.h5\n  preprocess: imagenet",
      "line 8: 'data.preprocess' should be one of caffe, tf, torch, scale, none, but it is 'imagenet'; correct it"
    ),
  ]

  @Test(arguments: sources)
  func dataAreRefused(_ data: String, _ sentence: String) {
    #expect(RecipeText.refusal(RecipeText.whole(data: data)) == "'run.yaml', \(sentence)")
  }

  @Test func modelsAreRefused() {
    func refusal(_ model: String) -> String { RecipeText.refusal("model: \(model)\ndata: {train: a.h5}") }
    #expect(
      refusal("{input: [40, 1]}")
        == "'run.yaml', line 1: expected exactly one of file, architecture, layers in 'model', found 0; keep one of them"
    )
    #expect(
      refusal("{architecture: resnet}")
        == "'run.yaml', line 1: 'model.architecture' should be one of mnist1d-cnn, vgg7, beats-cnn, but it is 'resnet'; correct it"
    )
    #expect(
      refusal("{file: a.h5, weights: frozen}")
        == "'run.yaml', line 1: 'model.weights' should be one of fresh, kept, but it is 'frozen'; correct it")
    #expect(
      refusal("{file: a.json, weights: kept}")
        == "'run.yaml', line 1: 'model.weights' should be fresh for a file of JSON, which holds no weights, but it is 'kept'; correct it"
    )
    #expect(
      refusal("{layers: [flatten]}")
        == "'run.yaml', line 1: the key 'input' is missing in 'model'; add it with the extents of an item, such as [40, 1]"
    )
    #expect(
      refusal("{input: 40, layers: [flatten]}")
        == "'run.yaml', line 1: 'model.input' should be a list of one to three spatial extents and the number of channels, such as [40, 1], but it is '40'; correct it"
    )
    #expect(
      refusal("{input: [40, 1], layers: [flatten], weights: kept}")
        == "'run.yaml', line 1: the key 'weights' is not known in 'model'; expected layers, initializer, freeze-until, replace-head; correct it or leave it out"
    )
  }

  @Test func recipesThatAreNotThereAreRefused() {
    #expect(throws: RecipeError.unknownRecipe(name: "none.yaml", available: BuiltInRecipe.names)) {
      try Recipe(contentsOf: "none.yaml")
    }
    let error = RecipeError.unknownRecipe(name: "none.yaml", available: BuiltInRecipe.names)
    #expect(
      error.description
        == "there is neither a file 'none.yaml' nor a recipe of that name in the program, which has mnist1d-cnn, vgg7, beats-cnn; "
        + "check the path or choose one of these")
    #expect(error.failureClass == .missingFile)
  }

  /// A text of a thousand lists in lists is refused, not followed until the stack ends; aliases do not multiply without end.
  @Test func hostileTextsAreRefused() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(RecipeText.refusal("name: \(deep)").contains("is no YAML that can be read"))
    let levels = (1..<12).map {
      "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ", "))]"
    }
    let bomb = (["a0: &a0 [1, 1]"] + levels).joined(separator: "\n")
    #expect(RecipeText.refusal(bomb).contains("it has more than 100000 values"))
  }
}
